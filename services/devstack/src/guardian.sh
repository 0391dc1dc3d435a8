# Runs one server and ends it once its owner is gone.
#
#   guardian.sh SIGNAL LOG MARK COMMAND...
#
# Standard input is a pipe whose writing end only the owner holds; nothing is
# ever written to it, so reading from it returns when the owner has ended, in
# whatever way. The server's process id goes to standard output. Standard error
# is the data folder's lock: this shell alone keeps it open, so the folder stays
# locked until the server is gone. MARK is there for as long as the server is.

signal=$1
log=$2
mark=$3
shift 3

exec 3<&0 </dev/null
: >"$mark"
"$@" 3<&- >>"$log" 2>&1 &
server=$!
echo "$server"
exec >/dev/null

(
    read -r _ <&3
    kill -s "$signal" "$server"
    # A paused server would sleep through the signal.
    kill -s CONT "$server"
    tenths=0
    while [ "$tenths" -lt 100 ]; do
        sleep 0.1
        kill -0 "$server" || exit 0
        tenths=$((tenths + 1))
    done
    kill -s KILL "$server"
) 2>/dev/null &
watch=$!
exec 3<&-

wait "$server"
code=$?
kill "$watch" 2>/dev/null
rm -f "$mark"
exit "$code"
