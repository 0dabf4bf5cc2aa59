// Runs cfn-pr-checker, publishes what it wrote, and only then lets its exit status decide about the build.
// cfnPrChecker.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = check(settings)
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
        base: 'PATCHBOT_BASE',
        head: 'PATCHBOT_HEAD',
        pr: 'PATCHBOT_PR',
        comment: 'PATCHBOT_COMMENT',
        status: 'PATCHBOT_STATUS',
        dryRun: 'PATCHBOT_DRY_RUN',
        images: 'PATCHBOT_IMAGES',
        saveImages: 'PATCHBOT_SAVE_IMAGES',
        inventory: 'PATCHBOT_INVENTORY',
        lint: 'PATCHBOT_LINT',
        config: 'PATCHBOT_CONFIG',
        repository: 'PATCHBOT_REPOSITORY',
        format: 'PATCHBOT_FORMAT',
        output: 'PATCHBOT_OUTPUT',
        junit: 'PATCHBOT_JUNIT',
        sarif: 'PATCHBOT_SARIF',
        now: 'PATCHBOT_NOW',
    ]
}

Map<String, String> settingsFrom(Map args) {
    Map<String, String> settings = [junit: 'TEST-patchbot-pull-request.xml']
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("cfnPrChecker: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
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

// What an earlier build wrote goes first: a tool that cannot start must not leave it here to be taken for new. The
// first line keeps Jenkins from running the script with -xe.
int check(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        environment.add(variables()[name] + '=' + settings[name])
    }
    return withEnv(environment) {
        sh(label: 'cfn-pr-checker', returnStatus: true, script: '''#!/bin/sh
            for file in "$PATCHBOT_JUNIT" "$PATCHBOT_SARIF" "$PATCHBOT_OUTPUT"; do
                [ -z "$file" ] || rm -f -- "$file"
            done
            exec cfn-pr-checker
        ''')
    }
}

// A pull request without templates has no test cases. Failed ones colour the stage; the build's result is the exit
// status' business.
void publish(Map<String, String> settings, int status) {
    junit(
        testResults: settings.junit,
        allowEmptyResults: true,
        keepTestNames: true,
        skipMarkingBuildUnstable: true
    )
    List<String> files = ['output', 'sarif'].findAll { settings[it] }.collect { settings[it] }
    if (files) {
        archiveArtifacts(
            artifacts: files.join(','),
            allowEmptyArchive: !(status in [0, 1, 5]),
            fingerprint: true
        )
    }
}

void conclude(int status) {
    if (status == 5) {
        unstable('cfn-pr-checker: a rule warns; see the log and the test results')
    } else if (status != 0) {
        error("cfn-pr-checker: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'a rule fails; see the log and the test results',
        2: 'wrong usage, an unknown revision, or errors in the configuration of the target branch',
        3: 'nothing could be checked',
        4: 'a remote service failed',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
