# What the scripts share: where the project is, what is installed, whether the build is fresh. Sourced, never run.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export LEDGER_ROOT="$ROOT" DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
LEDGER_BIN="$ROOT/artifacts/bin/Api/release/Api"

say() { printf '%s\n' "$*" >&2; }

# Without a database server or ICU the ledger cannot run; as root we install Debian's.
have_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
# No grep -q behind a pipe: it ends early, and pipefail then calls the whole pipe failed.
have_icu() { ldconfig -p 2>/dev/null | grep libicuuc >/dev/null; }

apt_install() {
  if [ "$(id -u)" != 0 ]; then
    say "Missing: $*. Install it with: sudo apt-get install $*"
    exit 3
  fi
  [ -n "${APT_UPDATED:-}" ] || { say "Fetching package lists …"; apt-get update -qq >/dev/null; APT_UPDATED=1; }
  say "Installing $* …"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
  command -v dotnet >/dev/null || { say "The .NET 10 SDK is missing: install it first (https is not reached from these scripts)."; exit 3; }
}

need_postgres() {
  have_postgres && return
  # The package would also start a cluster of its own on 5432 (operations.md §1): told not to before it is installed.
  apt_install postgresql-common
  mkdir -p /etc/postgresql-common
  touch /etc/postgresql-common/createcluster.conf
  grep -q '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
    echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
  apt_install postgresql
}

need_icu() { have_icu || apt_install libicu72; }

need_setpriv() { [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null || apt_install util-linux; }

need_runtime() { need_dotnet; need_postgres; need_icu; need_setpriv; }

need_browser() {
  command -v chromium >/dev/null || apt_install chromium
  fc-list 2>/dev/null | grep -i 'noto.*cjk' >/dev/null || apt_install fontconfig fonts-noto-cjk
}

# Programs by others that must accept what we emit. A test whose peer is missing is skipped with its name, so a machine
# where nothing may be installed runs the rest.
need_peers() {
  [ "$(id -u)" = 0 ] || return 0
  command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod ] || apt_install golang-go golang-golang-x-mod-dev
  /usr/bin/python3 -c 'import cryptography' 2>/dev/null || apt_install python3 python3-cryptography
  command -v openssl >/dev/null || apt_install openssl
  command -v node >/dev/null || apt_install nodejs npm
}

# What makes machine code of the verifier.
need_linker() {
  command -v clang >/dev/null || command -v gcc >/dev/null || apt_install gcc libc6-dev
  [ -e /usr/include/zlib.h ] || apt_install zlib1g-dev
}

# Load over HTTP from a process of its own, for the benchmark.
need_wrk() { command -v wrk >/dev/null || apt_install wrk; }

# A connection string may hold a password, and everyone on the machine sees the arguments of a program: it goes on in the
# environment. What is left stands in ARGUMENTS.
hide_postgres() {
  ARGUMENTS=()
  local given=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --postgres)
        [ $# -gt 1 ] || { ARGUMENTS+=("$1"); break; }
        given=$2
        shift
        ;;
      --postgres=* | --postgres:*) given=${1#--postgres?} ;;
      *) ARGUMENTS+=("$1") ;;
    esac
    shift
  done
  [ -n "$given" ] || return 0
  export LEDGER_POSTGRES="$given"
  case "${given,,}" in
    *password=* | *pwd=*) say "While a command starts, everyone on this machine can read the password that was given with --postgres: give LEDGER_POSTGRES in the environment, or the password in a file (PGPASSFILE)." ;;
  esac
}

# Builds when a source is newer than the program: a start does not pay for a build that has nothing to do.
build_if_stale() {
  if [ -x "$LEDGER_BIN" ] && [ -z "$(find "$ROOT/src" "$ROOT/Directory.Build.props" "$ROOT/Directory.Packages.props" -newer "$LEDGER_BIN.dll" \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.razor' -o -name '*.css' -o -name '*.svg' -o -name '*.csv' \) -print -quit)" ]; then
    return
  fi
  say "Building …"
  build_release src/Api/Api.csproj
  touch "$LEDGER_BIN.dll"
}

# Builds a project as it is released; its messages are shown where it fails, which exits 3.
build_release() {
  local log
  log=$(mktemp)
  if ! dotnet build "$ROOT/$1" -c Release -v q -nologo >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 3
  fi
  rm -f "$log"
}
