"""Referrals, as the entries of each fair leave them."""

from __future__ import annotations

from sync.server.projections.base import Projected
from sync.wire.referral import Referral


class ReferralRecord(Referral, Projected, table=True):
    """A row of the table `referral`."""

    model_config = Projected.model_config
    __tablename__ = "referral"
