# What the Makefile does, for Windows: sets up .venv with the pinned libraries when something changed, then does one thing.
#
#   powershell -ExecutionPolicy Bypass -File packaging\dev.ps1 demo
#   ... run | test [pytest arguments] | lint | bench [group] | words | package | pictures | setup | clean
#
# $env:PYTHON chooses the interpreter; otherwise the launcher's newest of 3.11 to 3.13 is taken.
param(
    [Parameter(Position = 0)]
    [ValidateSet('setup', 'demo', 'run', 'test', 'lint', 'bench', 'words', 'package', 'pictures', 'clean')]
    [string] $Do = 'setup',
    [Parameter(Position = 1, ValueFromRemainingArguments = $true)]
    [string[]] $Rest = @()
)
$ErrorActionPreference = 'Stop'
Set-Location (Split-Path $PSScriptRoot -Parent)
$python = '.venv\Scripts\python.exe'

function Invoke-Checked {
    # Windows PowerShell doesn't stop at a program's exit code by itself.
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Find-Python {
    # Windows PowerShell makes an error of every line that a program writes to its error output.
    $ErrorActionPreference = 'Continue'
    if ($env:PYTHON) { return , @($env:PYTHON) }
    foreach ($version in '3.13', '3.12', '3.11') {
        if (Get-Command py -ErrorAction SilentlyContinue) {
            & py "-$version" -c 'pass' 2>$null
            if ($LASTEXITCODE -eq 0) { return , @('py', "-$version") }
        }
    }
    if (Get-Command python -ErrorAction SilentlyContinue) {
        & python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>$null
        if ($LASTEXITCODE -eq 0) { return , @('python') }
    }
    throw 'Python 3.11, 3.12 or 3.13 is needed and none was found. Install one, or set $env:PYTHON to its python.exe.'
}

function Install-Environment {
    param([string] $Want)
    $requirements = if ($Want -eq 'dev') { 'requirements\dev.txt' } else { 'requirements\server.txt' }
    $sums = (Get-FileHash 'packaging\dev.ps1', 'requirements\installer.txt', $requirements, 'pyproject.toml').Hash -join ' '
    $sums = "$sums $PWD"
    $stamp = ".venv\.ready-$Want"
    if ((Test-Path $python) -and (Test-Path $stamp) -and ((Get-Content $stamp -Raw).Trim() -eq $sums)) { return }

    if (-not (Test-Path $python)) {
        $base = Find-Python
        Write-Host "setup: making .venv with $($base -join ' ')"
        Invoke-Checked $base[0] (@($base | Select-Object -Skip 1) + @('-m', 'venv', '.venv'))
    }
    Write-Host "setup: installing the libraries of $requirements"
    $pip = @('-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input')
    Invoke-Checked $python ($pip + @('--require-hashes', '-r', 'requirements\installer.txt'))
    # uv is many times faster than pip; where it can't reach a registry that pip is set up for, pip does the work.
    & $python -m uv pip install --quiet --compile-bytecode --python $python --require-hashes -r $requirements
    if ($LASTEXITCODE -ne 0) {
        Write-Host 'setup: uv could not; pip goes on, slower'
        Invoke-Checked $python ($pip + @('--require-hashes', '-r', $requirements))
    }
    Invoke-Checked $python ($pip + @('--no-deps', '--no-build-isolation', '-e', '.'))
    Set-Content -Path $stamp -Value $sums
    Write-Host 'setup: ready'
}

function Invoke-Lint {
    $failed = @()
    $checks = [ordered] @{
        style  = @('-m', 'ruff', 'check', '--quiet', '.')
        types  = @('-m', 'mypy', '--no-error-summary', 'fairclient', 'sync', 'tests', 'benchmarks')
        tools  = @('-m', 'mypy', '--no-error-summary', '--no-explicit-package-bases', '--no-namespace-packages') +
                 @(Get-ChildItem 'packaging\*.py' | ForEach-Object { $_.FullName })
        layers = @('-c', 'from importlinter.cli import lint_imports_command as run; run()', '--no-logo', '--no-cache')
        words  = @('packaging\words.py', '--check')
    }
    foreach ($name in $checks.Keys) {
        & $python $checks[$name]
        if ($LASTEXITCODE -eq 0) { Write-Host "lint: ${name}: good" } else { Write-Host "lint: ${name}: NOT good"; $failed += $name }
    }
    if ($failed) { Write-Host "lint: mend: $($failed -join ' ')"; exit 1 }
}

if ($Do -in 'setup', 'demo', 'run') { Install-Environment 'run' } elseif ($Do -ne 'clean') { Install-Environment 'dev' }

switch ($Do) {
    'demo' { Invoke-Checked $python (@('-m', 'fairclient', 'demo', '--out', 'demo-out') + $Rest) }
    'run' { Invoke-Checked $python @('-m', 'fairclient', '--home', 'build\practice', 'practice') }
    'test' { Invoke-Checked $python (@('-m', 'pytest', '-n', '2', '--dist', 'loadfile', '-q') + $Rest) }
    'lint' { Invoke-Lint }
    'bench' { Invoke-Checked $python (@('-m', 'benchmarks') + $Rest) }
    'words' { Invoke-Checked $python @('packaging\words.py') }
    'package' { Invoke-Checked $python @('packaging\package.py') }
    'pictures' {
        New-Item -ItemType Directory -Force 'build\pictures', 'docs\pictures' | Out-Null
        Invoke-Checked $python @('-m', 'tests.fairclient.ui.pictures', 'build\pictures')
        Invoke-Checked $python @('-m', 'fairclient', 'demo', '--out', 'build\pictures\demo')
        Copy-Item 'build\pictures\register.png', 'build\pictures\close_day.png' 'docs\pictures'
        Copy-Item 'build\pictures\demo\desk.png', 'build\pictures\demo\synchronise.png' 'docs\pictures'
    }
    'clean' {
        foreach ($made in 'build', 'dist', 'demo-out', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.import_linter_cache', '.hypothesis') {
            if (Test-Path $made) { Remove-Item $made -Recurse -Force }
        }
    }
}
