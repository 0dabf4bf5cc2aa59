// Runs nessus-run, archives the report that it fetched, and only then lets its exit status decide about the build.
// nessusRun.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = bound(settings) {
        scan(settings)
    }
    try {
        publish(settings, status)
    } finally {
        conclude(status)
    }
    return status
}

// Every parameter, and the environment variable that carries it to the tool. One has none.
Map<String, String> variables() {
    return [
        url: 'PATCHBOT_URL',
        targets: 'PATCHBOT_TARGETS',
        output: 'PATCHBOT_OUTPUT',
        scan: 'PATCHBOT_SCAN',
        template: 'PATCHBOT_TEMPLATE',
        policy: 'PATCHBOT_POLICY',
        scanner: 'PATCHBOT_SCANNER',
        folder: 'PATCHBOT_FOLDER',
        name: 'PATCHBOT_NAME',
        agentGroup: 'PATCHBOT_AGENT_GROUP',
        agentWindow: 'PATCHBOT_AGENT_WINDOW',
        absentAgents: 'PATCHBOT_ABSENT_AGENTS',
        shard: 'PATCHBOT_SHARD',
        maxHostsPerScan: 'PATCHBOT_MAX_HOSTS_PER_SCAN',
        merge: 'PATCHBOT_MERGE',
        vulnsExport: 'PATCHBOT_VULNS_EXPORT',
        since: 'PATCHBOT_SINCE',
        state: 'PATCHBOT_STATE',
        onAbort: 'PATCHBOT_ON_ABORT',
        after: 'PATCHBOT_AFTER',
        archiveFolder: 'PATCHBOT_ARCHIVE_FOLDER',
        wait: 'PATCHBOT_WAIT',
        poll: 'PATCHBOT_POLL',
        exportOnly: 'PATCHBOT_EXPORT_ONLY',
        check: 'PATCHBOT_CHECK',
        deadline: 'PATCHBOT_DEADLINE',
        caFile: 'PATCHBOT_CA_FILE',
        record: 'PATCHBOT_RECORD',
        replay: 'PATCHBOT_REPLAY',
        now: 'PATCHBOT_NOW',
        credentialsId: '',
    ]
}

Map<String, String> settingsFrom(Map args) {
    boolean isBulk = textOf(args.vulnsExport) == 'true'
    String shard = textOf(args.shard).replace('/', '-of-')
    Map<String, String> settings = isBulk ?
        [output: 'reports/vulns.json', state: 'vulns-export.state.json'] :
        [output: 'reports/weekly.nessus', state: 'nessus-run.state.json']
    if (shard) {
        settings = [output: "shards/${shard}.nessus".toString(), state: "nessus-run.${shard}.state.json".toString()]
    }
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("nessusRun: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name], name == 'merge' ? '\n' : ',')
        if (value) {
            settings[name] = value
        }
    }
    return settings
}

String textOf(Object value, String separator = ',') {
    return value == null ? '' : [value].flatten().join(separator).replace('\r', '').trim()
}

// A credential of the kind "user name with password": the access key is its user, the secret key its password.
int bound(Map<String, String> settings, Closure body) {
    if (!settings.credentialsId) {
        return body()
    }
    Map keys = [
        $class: 'UsernamePasswordMultiBinding',
        credentialsId: settings.credentialsId,
        usernameVariable: 'PATCHBOT_NESSUS_ACCESS_KEY',
        passwordVariable: 'PATCHBOT_NESSUS_SECRET_KEY',
    ]
    return withCredentials([keys], body)
}

// The report of an earlier build goes first: a tool that cannot start must not leave it here to be taken for a new one.
// The state stays: after a restart of Jenkins the next build goes on with the scan. Shards to merge are patterns, one
// per line: the shell splits them at line ends only, and a pattern without a match stays as it is, which the tool
// refuses. The first line keeps Jenkins from running the script with -xe.
int scan(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        if (variables()[name]) {
            environment.add(variables()[name] + '=' + settings[name])
        }
    }
    return withEnv(environment) {
        sh(label: 'nessus-run', returnStatus: true, script: '''#!/bin/sh
            rm -f -- "$PATCHBOT_OUTPUT"
            mkdir -p -- "$(dirname -- "$PATCHBOT_OUTPUT")"
            [ -z "$PATCHBOT_ABSENT_AGENTS" ] || rm -f -- "$PATCHBOT_ABSENT_AGENTS"
            [ -n "$PATCHBOT_MERGE" ] || exec nessus-run
            IFS='\n'
            exec nessus-run merge -- $PATCHBOT_MERGE
        ''')
    }
}

// What a scan found until it was cut short (status 3) is worth keeping, too.
void publish(Map<String, String> settings, int status) {
    archiveArtifacts(
        artifacts: [settings.output, settings.absentAgents].findAll().join(','),
        allowEmptyArchive: settings.check || (status != 0 && status != 5),
        fingerprint: true
    )
}

void conclude(int status) {
    if (status == 5) {
        unstable('nessus-run: agents that are off did not report; see the log')
    } else if (status != 0) {
        error("nessus-run: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        2: 'wrong usage, or a licence that forbids to launch scans; see the log',
        3: 'the report lacks hosts: a scan was cut short, a shard or an agent is missing; see the log',
        4: 'the server could not be asked, or the scan goes on there',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
