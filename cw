#!/usr/bin/env bash
# Starts Critical windows from a clone: finds a JDK, builds what is missing or stale, and runs.
#
#   CW_JAVA_HOME   the JDK to use (25 or newer)
#   CW_JAVA_OPTS   more options for the JVM, such as -Xmx4g; later options win
#
# Training has a module of its own, with LibTorch, which nothing else needs: it is fetched and built
# where `train`, `study`, `probes fit`, `bench train` or `bench probes` is asked for.
#
# Every build is laid out in a folder of its own under the module's target/cw, so that a run which
# takes all night keeps the jars it started with while somebody builds again beside it.
set -euo pipefail

readonly NEEDED=25

fail() { # status error hint
  printf 'error: %s\nhint: %s\n' "$2" "$3" >&2
  exit "$1"
}

# The file behind any number of symbolic links (macOS had no readlink -f for long).
resolve() {
  local path=$1 link
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in
      /*) path=$link ;;
      *) path=${path%/*}/$link ;;
    esac
  done
  printf '%s\n' "$path"
}

# Whether $1 is the home of a JDK that is new enough; asks its release file, which costs nothing.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line major
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        major=${line#*\"}
        major=${major%%[!0-9]*}
        [ "${major:-0}" -ge "$NEEDED" ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() { # sets jdk
  local candidate
  if [ -n "${CW_JAVA_HOME:-}" ]; then
    jdk=$CW_JAVA_HOME
    is_jdk "$jdk" || fail 2 "CW_JAVA_HOME=$jdk is not a JDK $NEEDED or newer" \
      "set it to the home of one, or unset it to have one looked for"
    return
  fi
  jdk=${JAVA_HOME:-}
  if [ -n "$jdk" ] && is_jdk "$jdk"; then return; fi
  if candidate=$(command -v java); then
    candidate=$(resolve "$candidate")
    jdk=${candidate%/bin/java}
    if is_jdk "$jdk"; then return; fi
  fi
  for jdk in /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk "$jdk"; then return; fi
  done
  fail 2 "no JDK $NEEDED or newer found" \
    "install one, such as Temurin $NEEDED from https://adoptium.net, or set CW_JAVA_HOME to its home"
}

# Whether the last build is of the sources as they are. A folder counts too: it changes when a file
# in it goes.
is_fresh() {
  [ -f "$stamp" ] || return 1
  build=$(<"$stamp")
  [ -f "$built/$build/classpath" ] || return 1
  [ -z "$(find "$root"/*/src/main "$root"/pom.xml "$root"/*/pom.xml -newer "$stamp" -print 2>&1 |
    head -n 1)" ]
}

maven() { # options
  (cd "$root" && JAVA_HOME=$jdk exec mvn -B --no-transfer-progress -Dstyle.color=never -T 2 -pl "$module" -am \
    -Dquick -Dmaven.test.skip=true "$@" package) >"$log" 2>&1 </dev/null 9>&-
}

# Offline first: what is on disk needs no network.
compile() {
  command -v mvn >/dev/null ||
    fail 2 "mvn is not on the PATH, and this clone is not built yet" "install Maven 3.8 or newer"
  maven -o && return
  if grep -Eq 'offline mode|has not been downloaded from it before' "$log"; then
    maven && return
  fi
  grep -v "^\[INFO\]" "$log" >&2 || true
  fail 1 "the build failed, for the reason above" \
    "correct it and run cw again; 'mvn verify' says the same with its tests"
}

# The jars of the build in a folder of their own, and their class path in one fixed order, which the
# AOT cache depends on. Jars of others never change, so they are linked where that is possible.
# Picocli is left out: see boot.
lay_out() { # folder
  local jar paths=
  mkdir -p "$1"
  for jar in "$root/$module"/target/quick/cw-"$module"-*.jar "$root/$module"/target/quick/lib/*.jar; do
    case ${jar##*/} in
      cw-*) cp "$jar" "$1/" ;;
      duckdb_jdbc-*) unpack_library "$jar" "$1" || cp "$jar" "$1/" ;;
      *) ln "$jar" "$1/" 2>/dev/null || cp "$jar" "$1/" ;;
    esac
    case ${jar##*/} in
      picocli-*) ;;
      *) paths=$paths:$1/${jar##*/} ;;
    esac
  done
  printf '%s\n' "${paths#:}" >"$1/classpath"
}

# DuckDB's jar without its libraries, and the one for this machine beside it, where its driver looks
# next. Otherwise each start unpacks 60 MB, and one that is killed leaves them in the temporary folder.
unpack_library() { # jar folder
  local name
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) name=libduckdb_java.so_linux_amd64 ;;
    Linux-aarch64) name=libduckdb_java.so_linux_arm64 ;;
    Darwin-*) name=libduckdb_java.so_osx_universal ;;
    *) return 1 ;;
  esac
  (mkdir "$2/duckdb" && cd "$2/duckdb" &&
    "$jdk/bin/jar" --extract --file "$1" org META-INF "$name" && mv "$name" .. &&
    "$jdk/bin/jar" --create --file "../${1##*/}" --manifest META-INF/MANIFEST.MF org META-INF/services
  ) >/dev/null 2>&1 || rm -f "$2/$name" "$2/${1##*/}"
  rm -rf "$2/duckdb"
  [ -f "$2/${1##*/}" ]
}

# Picocli's classes are in the format of Java 5, which no cache takes and which is slow to verify. The
# boot loader does not verify: a quarter of the time of --help.
boot() { # folder
  local jar
  for jar in "$1"/picocli-*.jar; do
    printf -- '-Xbootclasspath/a:%s\n' "$jar"
  done
}

# Classes as they are after some work, so that later starts are quick. Without it all works, slower.
# The smallest run there is, with its table, its page and the model opened, takes four seconds.
remember() { # folder
  "$jdk/bin/java" "${options[@]}" "$(boot "$1")" -XX:AOTCacheOutput="$1/cw.aot" \
    -cp "$(<"$1/classpath")" "$main" bench ledger --problems 4 --samples 4 --rounds 1 \
    >/dev/null 2>&1 </dev/null 9>&- || rm -f "$1/cw.aot"
}

# Removes the builds that nothing runs any more: a running one holds its class path locked. The last
# one stays, because somebody may be about to start it.
prune() { # the build before, the new build
  command -v flock >/dev/null || return 0
  local folder
  for folder in "$built"/*/; do
    folder=${folder%/}
    case ${folder##*/} in
      "$1" | "$2") ;;
      *) flock -n "$folder" true 2>/dev/null && rm -rf "$folder" ;;
    esac
  done
}

build() {
  # One lock for both modules, which share the builds of what they need.
  local shared=$root/app/target/cw
  mkdir -p "$built" "$shared" 2>/dev/null && [ -w "$built" ] && [ -w "$shared" ] ||
    fail 2 "cannot write to $built, where cw builds" "make it writable, or clone to another place"
  exec 9>>"$shared/lock"
  if command -v flock >/dev/null; then flock 9; fi
  if is_fresh; then return; fi # another cw has just built it
  local more=
  if [ "$module" = train ]; then more=', and fetches 110 MB for LibTorch'; fi
  echo "cw: building (the first time takes a minute or two$more)" >&2
  local before=${build:-} new
  new=$(date +%Y%m%d-%H%M%S)-$$
  log=$built/build.log
  : >"$built/begun" # anything saved from now on is newer
  rm -rf "$root/$module/target/quick/lib"
  compile
  lay_out "$built/$new"
  if [ "$module" = app ]; then remember "$built/$new"; fi
  printf '%s\n' "$new" >"$built/next"
  touch -r "$built/begun" "$built/next"
  mv "$built/next" "$stamp"
  prune "$before" "$new"
  build=$new
  exec 9>&-
}

# The commit that is checked out, with a mark if the sources differ from it; nothing without git.
commit() {
  [ -e "$root/.git" ] || return 0
  local line oid= dirty=
  while IFS= read -r line; do
    case $line in
      '# branch.oid '*) oid=${line#\# branch.oid } ;;
      '#'*) ;;
      *) dirty=-dirty ;;
    esac
  done < <(GIT_OPTIONAL_LOCKS=0 git -C "$root" status --porcelain=v2 --branch -- \
    ':(glob)*/src/main/**' ':(glob)*/pom.xml' pom.xml 2>/dev/null)
  case $oid in
    [0-9a-f]*) printf '%s%s\n' "$oid" "$dirty" ;;
  esac
}

# Java reads file names by the locale. That of cron and Slurm, C, knows no letters beyond ASCII.
letters() {
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII | 646) export LC_ALL=C.UTF-8 ;;
  esac
}

self=$(resolve "${BASH_SOURCE[0]}")
root=$(cd "${self%/*}" && pwd -P)
case "${1:-} ${2:-}" in
  'train '* | 'study '?* | 'probes fit' | 'bench train' | 'bench probes') module=train main=criticalwindows.train.Main ;;
  *) module=app main=criticalwindows.cli.Main ;;
esac
# Help needs nothing fetched.
case " $* " in
  *' --help '* | *' -h '*) module=app main=criticalwindows.cli.Main ;;
esac
built=$root/$module/target/cw
stamp=$built/current
build=

find_jdk
letters
# One gigabyte of heap: the model lives outside it, and --memory counts on that. A collector named in
# CW_JAVA_OPTS takes the place of ours, since the JVM refuses two.
options=(-Xmx1g --enable-native-access=ALL-UNNAMED)
case " ${CW_JAVA_OPTS:-} " in
  *' -XX:+Use'*'GC '*) ;;
  *) options+=(-XX:+UseSerialGC) ;;
esac
# JavaCPP, which calls LibTorch, asks for memory by a way that Java warns of.
if [ "$module" = train ]; then options+=(--sun-misc-unsafe-memory-access=allow); fi
is_fresh || build
folder=$built/$build
# These are over before the second compiler pays off, which takes a quarter of their time. Only the
# others write down with which commit they worked: asking git for it takes a tenth of a second.
case ${1:-} in
  show | report | audit | regrade) options+=(-XX:TieredStopAtLevel=1) ;;
  '' | -h | --help) ;;
  *) options+=(-Dcw.commit="$(commit)") ;;
esac
if [ -f "$folder/cw.aot" ]; then
  options+=(-XX:AOTCache="$folder/cw.aot" -XX:AOTMode=auto -Xlog:aot=off -Xlog:cds=off)
fi
# Held open by the running program, which tells prune() that this build is in use.
exec 8<"$folder"
if command -v flock >/dev/null; then flock -s -n 8 || true; fi
# shellcheck disable=SC2086 # options are words
exec "$jdk/bin/java" "${options[@]}" "$(boot "$folder")" ${CW_JAVA_OPTS:-} \
  -cp "$(<"$folder/classpath")" "$main" "$@"
