// Runs vuln-feeds, archives the feeds that it keeps, and only then lets its exit status decide about the build.
// vulnFeeds.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = refresh(settings)
    try {
        publish(settings, status)
    } finally {
        conclude(status)
    }
    return status
}

// Every parameter, and the environment variable that carries it to the tool.
Map<String, String> variables() {
    return [
        cache: 'PATCHBOT_CACHE',
        kev: 'PATCHBOT_KEV',
        epss: 'PATCHBOT_EPSS',
        ssvc: 'PATCHBOT_SSVC',
        maxAge: 'PATCHBOT_MAX_AGE',
        acceptSmall: 'PATCHBOT_ACCEPT_SMALL',
        check: 'PATCHBOT_CHECK',
        deadline: 'PATCHBOT_DEADLINE',
        caFile: 'PATCHBOT_CA_FILE',
        record: 'PATCHBOT_RECORD',
        replay: 'PATCHBOT_REPLAY',
        now: 'PATCHBOT_NOW',
    ]
}

Map<String, String> settingsFrom(Map args) {
    Map<String, String> settings = [cache: 'feeds']
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("vulnFeeds: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name])
        if (value) {
            settings[name] = value
        }
    }
    return settings
}

String textOf(Object value) {
    return value == null ? '' : value.toString().replace('\r', '').trim()
}

// What an earlier build has kept stays: it is what the tool goes on with when a feed cannot be fetched. The first line
// keeps Jenkins from running the script with -xe.
int refresh(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        environment.add(variables()[name] + '=' + settings[name])
    }
    return withEnv(environment) {
        sh(label: 'vuln-feeds', returnStatus: true, script: '''#!/bin/sh
            exec vuln-feeds
        ''')
    }
}

// A verdict can be understood later only with the feeds that it was made with. A run that ended well has always kept
// one, unless it only looked.
void publish(Map<String, String> settings, int status) {
    archiveArtifacts(
        artifacts: "${settings.cache}/*.tsv",
        allowEmptyArchive: settings.check || status != 0 && status != 5,
        fingerprint: true
    )
}

void conclude(int status) {
    if (status == 5) {
        unstable('vuln-feeds: a feed is old; see the log')
    } else if (status != 0) {
        error("vuln-feeds: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'the gate failed',
        2: 'wrong usage or configuration',
        3: 'a feed from a file is broken, or too small to be whole; the last good copy stays',
        4: 'a feed could not be fetched, or is broken; the last good copy stays',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
