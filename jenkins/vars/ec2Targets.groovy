// Runs ec2-targets, archives the inventory that it wrote, and only then lets its exit status decide about the build.
// ec2Targets.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = bound(settings) {
        list(settings)
    }
    try {
        publish(settings, status)
    } finally {
        conclude(status)
    }
    return status
}

// Every parameter, and the environment variable that carries it to the tool or to the script. One has none.
Map<String, String> variables() {
    return [
        output: 'PATCHBOT_OUTPUT',
        config: 'PATCHBOT_CONFIG',
        source: 'PATCHBOT_SOURCE',
        file: 'PATCHBOT_FILE',
        format: 'PATCHBOT_FORMAT',
        state: 'PATCHBOT_STATE',
        team: 'PATCHBOT_TEAM',
        environment: 'PATCHBOT_ENVIRONMENT',
        withCoverage: 'PATCHBOT_WITH_COVERAGE',
        allowPartial: 'PATCHBOT_ALLOW_PARTIAL',
        check: 'PATCHBOT_CHECK',
        parallel: 'PATCHBOT_PARALLEL',
        deadline: 'PATCHBOT_DEADLINE',
        caFile: 'PATCHBOT_CA_FILE',
        record: 'PATCHBOT_RECORD',
        replay: 'PATCHBOT_REPLAY',
        now: 'PATCHBOT_NOW',
        credentialsId: '',
    ]
}

Map<String, String> settingsFrom(Map args) {
    Map<String, String> settings = [output: 'inventory.json']
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("ec2Targets: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name])
        if (value) {
            settings[name] = value
        }
    }
    if (settings.file == settings.output) {
        error("ec2Targets: file and output are both ${settings.file}: what is read would be removed first")
    }
    return settings
}

String textOf(Object value) {
    return value == null ? '' : [value].flatten().join(',').replace('\r', '').trim()
}

// Access keys that Jenkins keeps, as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without, the tool finds the role of
// the agent by itself, and there is no secret to lose.
int bound(Map<String, String> settings, Closure body) {
    if (!settings.credentialsId) {
        return body()
    }
    Map keys = [$class: 'AmazonWebServicesCredentialsBinding', credentialsId: settings.credentialsId]
    return withCredentials([keys], body)
}

// The list of an earlier build goes first: a tool that cannot start must not leave it here to be taken for a new one.
// The first line keeps Jenkins from running the script with -xe.
int list(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        if (variables()[name]) {
            environment.add(variables()[name] + '=' + settings[name])
        }
    }
    return withEnv(environment) {
        sh(label: 'ec2-targets', returnStatus: true, script: '''#!/bin/sh
            rm -f -- "$PATCHBOT_OUTPUT"
            exec ec2-targets ${PATCHBOT_FILE:+-- "$PATCHBOT_FILE"}
        ''')
    }
}

// A list that is partial (status 4) is worth keeping, too. A run that ended well has always written one, unless it only
// checked the access.
void publish(Map<String, String> settings, int status) {
    archiveArtifacts(
        artifacts: settings.output,
        allowEmptyArchive: settings.check || status != 0 && status != 5,
        fingerprint: true
    )
}

void conclude(int status) {
    if (status == 5) {
        unstable('ec2-targets: warned; see the log')
    } else if (status != 0) {
        error("ec2-targets: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'the gate failed',
        2: 'wrong usage or configuration',
        3: 'bad or incomplete input',
        4: 'some account, region or service could not be read; the inventory is partial or missing',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
