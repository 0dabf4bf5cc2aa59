// Runs ami-update-status, publishes what it wrote, and only then lets its exit status decide about the build.
// patchbotStatus.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = bound(settings) {
        tell(settings)
    }
    try {
        publish(settings, status)
    } finally {
        conclude(status)
    }
    return status
}

// Every parameter, and the environment variable that carries it to the tool. Those for credentials have none.
Map<String, String> variables() {
    return [
        output: 'PATCHBOT_OUTPUT',
        format: 'PATCHBOT_FORMAT',
        junit: 'PATCHBOT_JUNIT',
        config: 'PATCHBOT_CONFIG',
        team: 'PATCHBOT_TEAM',
        environment: 'PATCHBOT_ENVIRONMENT',
        staleOnly: 'PATCHBOT_STALE_ONLY',
        maxAge: 'PATCHBOT_MAX_AGE',
        allowPartial: 'PATCHBOT_ALLOW_PARTIAL',
        check: 'PATCHBOT_CHECK',
        parallel: 'PATCHBOT_PARALLEL',
        deadline: 'PATCHBOT_DEADLINE',
        caFile: 'PATCHBOT_CA_FILE',
        record: 'PATCHBOT_RECORD',
        replay: 'PATCHBOT_REPLAY',
        now: 'PATCHBOT_NOW',
        credentialsId: '',
        jenkinsCredentialsId: '',
        githubCredentialsId: '',
        gitlabCredentialsId: '',
        bitbucketCredentialsId: '',
    ]
}

// Of tokens for the hosts of pull requests, the variable that the tool knows them by.
Map<String, String> tokens() {
    return [
        githubCredentialsId: 'PATCHBOT_GITHUB_TOKEN',
        gitlabCredentialsId: 'PATCHBOT_GITLAB_TOKEN',
        bitbucketCredentialsId: 'PATCHBOT_BITBUCKET_TOKEN',
    ]
}

Map<String, String> settingsFrom(Map args) {
    String ending = [table: 'txt', csv: 'csv', markdown: 'md'][textOf(args.format)] ?: 'json'
    Map<String, String> settings = [output: "status.${ending}".toString(), format: 'json', junit: 'status-junit.xml']
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("patchbotStatus: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name])
        if (value) {
            settings[name] = value
        }
    }
    refuseOneFileForTwo(settings)
    return settings
}

// What is written is removed first, and with it what was to be read.
void refuseOneFileForTwo(Map<String, String> settings) {
    List<String> files = [settings.output, settings.junit, settings.config, settings.caFile]
    for (String written : [settings.output, settings.junit]) {
        if (files.findAll { it == written }.size() > 1) {
            error("patchbotStatus: ${written} is named twice: output, junit, config and caFile must be different files")
        }
    }
}

String textOf(Object value) {
    return value == null ? '' : [value].flatten().join(',').replace('\r', '').trim()
}

// Access keys for AWS, the user with API token that asks Jenkins for bakes, and tokens for hosts of pull requests.
// Without the first, the tool finds the role of the agent by itself, and there is no secret to lose.
int bound(Map<String, String> settings, Closure body) {
    List<Map> bindings = []
    if (settings.credentialsId) {
        bindings.add([$class: 'AmazonWebServicesCredentialsBinding', credentialsId: settings.credentialsId])
    }
    if (settings.jenkinsCredentialsId) {
        bindings.add([
            $class: 'UsernamePasswordMultiBinding',
            credentialsId: settings.jenkinsCredentialsId,
            usernameVariable: 'PATCHBOT_JENKINS_USER',
            passwordVariable: 'PATCHBOT_JENKINS_TOKEN',
        ])
    }
    for (String name : tokens().keySet()) {
        if (settings[name]) {
            bindings.add([$class: 'StringBinding', credentialsId: settings[name], variable: tokens()[name]])
        }
    }
    return bindings ? withCredentials(bindings, body) : body()
}

// What an earlier build wrote goes first: a tool that cannot start must not leave it here to be taken for new. The
// first line keeps Jenkins from running the script with -xe.
int tell(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        if (variables()[name]) {
            environment.add(variables()[name] + '=' + settings[name])
        }
    }
    return withEnv(environment) {
        sh(label: 'ami-update-status', returnStatus: true, script: '''#!/bin/sh
            rm -f -- "$PATCHBOT_OUTPUT" "$PATCHBOT_JUNIT"
            exec ami-update-status
        ''')
    }
}

// A status that is partial (exit status 4) is worth keeping, too. A run that came to a verdict has always written both
// files, unless it only checked the access. Failed tests colour the stage; the build's result is the exit status'
// business.
void publish(Map<String, String> settings, int status) {
    boolean isCheck = settings.check && settings.check != 'false'
    boolean mayBeEmpty = isCheck || !(status in [0, 1, 5])
    try {
        junit(
            testResults: settings.junit,
            allowEmptyResults: mayBeEmpty,
            keepTestNames: true,
            skipMarkingBuildUnstable: true
        )
    } finally {
        if (settings.output != '-') {
            archiveArtifacts(artifacts: settings.output, allowEmptyArchive: mayBeEmpty, fingerprint: true)
        }
    }
}

void conclude(int status) {
    if (status == 5) {
        unstable('ami-update-status: some AMI is stuck, or no service was found; see the log and the test results')
    } else if (status != 0) {
        error("ami-update-status: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'servers run an AMI that is blocked or too old; see the test results',
        2: 'wrong usage or configuration',
        3: 'bad or incomplete input',
        4: 'something could not be asked; the status is partial or missing',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
