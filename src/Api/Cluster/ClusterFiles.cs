namespace Api.Cluster;

/// <summary>
/// The cluster's settings and who is let in: written again at each start, so that a cluster of an older version gets
/// today's. The socket is the only door, and the system says who knocks (peer): no password exists that could be read
/// or guessed, and there is no network port at all.
/// </summary>
static class ClusterFiles
{
    /// <summary>After a crash a server syncs every file first, one after the other: two of the three seconds until
    /// something is written again. One sync of the file system does the same; Linux tells of an error in it since
    /// 5.8.</summary>
    static string Sync =>
        Environment.OSVersion.Version >= new Version(5, 8) ? "recovery_init_sync_method = syncfs\n" : "";

    const string Settings = """
        listen_addresses = ''
        unix_socket_permissions = 0700
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        wal_compression = lz4
        password_encryption = scram-sha-256
        max_connections = 200
        shared_buffers = 256MB
        max_wal_size = 2GB
        client_connection_check_interval = 1s
        idle_in_transaction_session_timeout = 60s
        timezone = 'UTC'
        log_timezone = 'UTC'

        """;

    const string Doors = """
        # Written by the ledger at each start: only its own user, on the socket.
        local all all peer map=ledger

        """;

    /// <summary>The one system user who may be every role of the ledger.</summary>
    static string Users() =>
        "# Written by the ledger at each start.\n"
        + string.Concat(
            Ledger
                .Store.Postgres.LedgerConnections.Roles.Prepend("ledger")
                .Select(role => $"ledger \"{Environment.UserName}\" {role}\n")
        );

    /// <summary>Writes what differs. As the server's user: the folder is his, and root does not write where another
    /// could put a link.</summary>
    /// <param name="folder">PostgreSQL's.</param>
    /// <returns>Whether a server that runs must read them again.</returns>
    /// <exception cref="ClusterException">They cannot be written.</exception>
    public static async Task<bool> RenewAsync(string folder, ClosedFolder? seen, CancellationToken stop)
    {
        var renewed = await Unprivileged.RunAsync(
            "sh",
            ["-c", Script, "sh", folder, Settings + Sync, Doors, Users()],
            seen,
            stop
        );
        return renewed.ExitCode == 0
            ? renewed.Text.Length > 0
            : throw new ClusterException(
                $"The settings of the cluster in {folder} cannot be written: {renewed.Text.Trim()}"
            );
    }

    /// <summary>Whole under another name first, then switched: a server may read them at any time.</summary>
    const string Script = """
        set -e
        umask 077
        cd "$1"
        renew() {
            if [ -f "$1" ] && [ ! -L "$1" ] && [ "$(cat "$1"; printf x)" = "$2x" ]; then return; fi
            rm -f "$1.new"
            printf %s "$2" >"$1.new"
            sync "$1.new"
            mv -f "$1.new" "$1"
            echo "$1"
        }
        renew ledger.conf "$2"
        renew pg_hba.conf "$3"
        renew pg_ident.conf "$4"
        grep -qx "include 'ledger.conf'" postgresql.conf || { echo "include 'ledger.conf'" | tee -a postgresql.conf; }
        """;
}
