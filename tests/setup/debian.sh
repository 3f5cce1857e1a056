#!/bin/sh
# Installs from Debian's packages what the tests talk to: Dovecot, Postfix, PostgreSQL; LibreOffice for round trips of forms;
# a headless Chromium that shows the mails.
# The distribution's own services are never started: the tests run their own instances on loopback.
# Where it cannot install, it says so once and succeeds: the tests then decide (fail under CI, skip elsewhere).
set -eu

mail="dovecot-imapd dovecot-lmtpd postfix"
books="postgresql"
office="libreoffice-calc-nogui libreoffice-writer-nogui fonts-tlwg-laksaman-ttf fonts-tlwg-loma-ttf"
browser="chromium-headless-shell"

cannot() {
    echo "*** SERVERS, LIBREOFFICE OR CHROMIUM ARE MISSING: $1 (wanted: $mail $books $office $browser) ***" >&2
    exit 0
}

have() {
    [ -x /usr/sbin/dovecot ] && [ -x /usr/lib/dovecot/imap ] && [ -x /usr/lib/dovecot/lmtp ] && [ -x /usr/sbin/postfix ] &&
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 &&
        [ -x /usr/bin/soffice ] && [ -e /usr/lib/libreoffice/program/libswlo.so ] &&
        [ -e /usr/share/fonts/truetype/tlwg/Laksaman.ttf ] && [ -e /usr/share/fonts/truetype/tlwg/Loma.ttf ] &&
        { command -v chromium-headless-shell || command -v chromium; } >/dev/null
}

if have; then
    exit 0
fi
[ "$(id -u)" = 0 ] || cannot "only root can install them"
command -v apt-get >/dev/null 2>&1 || cannot "there is no apt-get here"

# Debian asks this file before it starts a service; one that is there already is left as it is.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

# "No configuration" leaves /etc/postfix without a main.cf, so that nothing could start by accident.
if command -v debconf-set-selections >/dev/null 2>&1; then
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
fi

export DEBIAN_FRONTEND=noninteractive
apt=/run/lock/ruam-apt  # tests/setup/python.sh may run beside
install() {
    # shellcheck disable=SC2086  # the lists are words
    flock "$apt" apt-get install -y -qq --no-install-recommends $mail $books $office $browser
}
log=$(mktemp)
# The package lists of a fresh machine are empty or stale, hence the second try after an update.
if ! install >"$log" 2>&1 && ! { flock "$apt" apt-get update -qq >"$log" 2>&1 && install >>"$log" 2>&1; }; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    cannot "apt-get could not install them"
fi
rm -f "$log"
have || cannot "the packages are installed, but the programs are not where Debian puts them"
