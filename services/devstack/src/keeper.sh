# Outlives its stack's owner by a moment, to tidy up behind it.
#
#   keeper.sh FOLDER OWNER AFTERWARDS
#
# OWNER is `pipe` (the stack lasts until standard input closes) or a number of
# seconds (it lasts until no process has held a lease for that long; leases are
# files `lease/PID.NONCE`). Standard output is the pipe that the guardians read:
# nothing is written to it, and closing it ends the servers. AFTERWARDS is
# `remove` or `keep` and says what becomes of the folder.

cd "$1" || exit 1

leased() {
    for lease in lease/*; do
        holder=${lease##*/}
        if kill -0 "${holder%%.*}" 2>/dev/null; then
            return 0
        fi
        rm -f "$lease"
    done
    return 1
}

until_unused() {
    idle=0
    while :; do
        sleep 1
        if leased; then
            idle=0
            continue
        fi
        idle=$((idle + 1))
        [ "$idle" -lt "$1" ] && continue
        # A newcomer writes its lease first and looks for `running` second; here
        # `running` goes first and the leases are read second. So one of the two
        # sees the other.
        mv running stopping 2>/dev/null || return
        leased || return
        mv stopping running
        idle=0
    done
}

case $2 in
pipe) read -r _ ;;
*) until_unused "$2" ;;
esac
exec >/dev/null

[ "$3" = remove ] || exit 0
tenths=0
while [ "$tenths" -lt 150 ]; do
    set -- log/*.up
    [ -e "$1" ] || break
    sleep 0.1
    tenths=$((tenths + 1))
done
folder=$PWD
cd /
tenths=0
while [ "$tenths" -lt 50 ] && ! rm -rf "$folder"; do
    sleep 0.1
    tenths=$((tenths + 1))
done
