// Runs vuln-waivers, archives what it wrote, and only then lets its exit status decide about the build.
// vulnWaivers.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = look(settings)
    try {
        publish(settings, status)
    } finally {
        conclude(settings, status)
    }
    return status
}

// Every parameter, and the environment variable that carries it to the tool or to the script.
Map<String, String> variables() {
    return [
        command: 'PATCHBOT_COMMAND',
        waivers: 'PATCHBOT_WAIVERS',
        config: 'PATCHBOT_CONFIG',
        findings: 'PATCHBOT_FINDINGS',
        team: 'PATCHBOT_TEAM',
        within: 'PATCHBOT_WITHIN',
        maxDays: 'PATCHBOT_MAX_DAYS',
        requireApprover: 'PATCHBOT_REQUIRE_APPROVER',
        format: 'PATCHBOT_FORMAT',
        output: 'PATCHBOT_OUTPUT',
        now: 'PATCHBOT_NOW',
    ]
}

Map<String, String> settingsFrom(Map args) {
    Map<String, String> settings = [command: 'check']
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("vulnWaivers: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name])
        if (value) {
            settings[name] = value
        }
    }
    List<String> inputs = [settings.waivers ?: 'waivers.yaml', settings.config, settings.findings]
    if (settings.output && settings.output in inputs) {
        error("vulnWaivers: output is ${settings.output}, which is also read: it would be removed first")
    }
    return settings
}

String textOf(Object value) {
    return value == null ? '' : value.toString().replace('\r', '').trim()
}

// What an earlier build wrote goes first: a tool that cannot start must not leave it here to be taken for new. The
// first line keeps Jenkins from running the script with -xe.
int look(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        environment.add(variables()[name] + '=' + settings[name])
    }
    return withEnv(environment) {
        sh(label: "vuln-waivers ${settings.command}", returnStatus: true, script: '''#!/bin/sh
            [ -z "$PATCHBOT_OUTPUT" ] || rm -f -- "$PATCHBOT_OUTPUT"
            exec vuln-waivers "$PATCHBOT_COMMAND"
        ''')
    }
}

// Without an output everything stands in the log. A check that found errors has written it, too.
void publish(Map<String, String> settings, int status) {
    if (settings.output) {
        archiveArtifacts(
            artifacts: settings.output,
            allowEmptyArchive: status != 0 && status != 1 && status != 5,
            fingerprint: true
        )
    }
}

void conclude(Map<String, String> settings, int status) {
    if (status == 5) {
        unstable("vuln-waivers ${settings.command}: ${meaningOf(status)}; see the log")
    } else if (status != 0) {
        error("vuln-waivers ${settings.command}: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'waivers have expired, run for too long or lack an approver',
        2: 'wrong usage, or errors in waivers.yaml, its VEX documents or the configuration',
        3: 'the findings cannot be read',
        4: 'a remote service failed',
        5: 'waivers end soon, or match nothing',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
