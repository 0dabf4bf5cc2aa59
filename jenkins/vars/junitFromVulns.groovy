// Runs junit-from-vulns, publishes what it wrote, and only then lets its exit status decide about the build.
// junitFromVulns.txt explains the parameters. Text from outside reaches the shell through the environment only.
int call(Map args = [:]) {
    Map settings = settingsFrom(args)
    int status = convert(settings)
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
        reports: 'PATCHBOT_REPORTS',
        junitDir: 'PATCHBOT_JUNIT_DIR',
        findings: 'PATCHBOT_FINDINGS',
        summary: 'PATCHBOT_SUMMARY',
        sarif: 'PATCHBOT_SARIF',
        issues: 'PATCHBOT_ISSUES',
        ocsf: 'PATCHBOT_OCSF',
        csv: 'PATCHBOT_CSV',
        failOn: 'PATCHBOT_FAIL_ON',
        warnOn: 'PATCHBOT_WARN_ON',
        minSeverity: 'PATCHBOT_MIN_SEVERITY',
        listFrom: 'PATCHBOT_LIST_FROM',
        severitySource: 'PATCHBOT_SEVERITY_SOURCE',
        targets: 'PATCHBOT_TARGETS',
        targetsAfter: 'PATCHBOT_TARGETS_AFTER',
        allowUnauthenticated: 'PATCHBOT_ALLOW_UNAUTHENTICATED',
        maxScanAge: 'PATCHBOT_MAX_SCAN_AGE',
        groupBy: 'PATCHBOT_GROUP_BY',
        maxCases: 'PATCHBOT_MAX_CASES',
        config: 'PATCHBOT_CONFIG',
        waivers: 'PATCHBOT_WAIVERS',
        feeds: 'PATCHBOT_FEEDS',
        baseline: 'PATCHBOT_BASELINE',
        writeBaseline: 'PATCHBOT_WRITE_BASELINE',
        explain: 'PATCHBOT_EXPLAIN',
        lastRun: 'PATCHBOT_LAST_RUN',
        redactEvidence: 'PATCHBOT_REDACT_EVIDENCE',
        now: 'PATCHBOT_NOW',
    ]
}

Map<String, String> settingsFrom(Map args) {
    Map<String, String> settings = [junitDir: 'patchbot-junit', findings: 'findings.jsonl', summary: 'summary.json']
    String before = startOfRunBefore()
    if (before) {
        settings.lastRun = before
    }
    for (String name : args.keySet()) {
        if (!variables().containsKey(name)) {
            error("junitFromVulns: unknown parameter ${name}; known: ${variables().keySet().join(', ')}")
        }
        String value = textOf(args[name])
        if (value) {
            settings[name] = value
        }
    }
    if (!settings.reports) {
        error('junitFromVulns: the parameter reports is missing or empty: name at least one scan report')
    }
    if (settings.reports.contains('**')) {
        error('junitFromVulns: reports is a shell pattern, which has no **: write one * for each level of folders')
    }
    return settings
}

// The build before this one that ran to its end, in seconds since 1970 as the tool takes them; '' for the first.
String startOfRunBefore() {
    Object build = currentBuild.previousBuild
    while (build && build.result in ['ABORTED', 'NOT_BUILT', null]) {
        build = build.previousBuild
    }
    String milliseconds = build ? "${build.startTimeInMillis}" : ''
    return build ? '@' + milliseconds.substring(0, milliseconds.length() - 3) : ''
}

String textOf(Object value) {
    return value == null ? '' : [value].flatten().join('\n').replace('\r', '').trim()
}

// Reports are patterns, one per line. The shell splits them at line ends only (IFS) and expands each without splitting
// the names that it finds, so blanks in file names are safe. A pattern without a match stays as it is, and the tool
// refuses it as a missing file. Output of an earlier build goes first: a tool that cannot start must not leave it here
// to be published; only a baseline that is also read stays. The first line keeps Jenkins from running the script
// with -xe.
int convert(Map<String, String> settings) {
    List<String> environment = []
    for (String name : settings.keySet()) {
        environment.add(variables()[name] + '=' + settings[name])
    }
    return withEnv(environment) {
        sh(label: 'junit-from-vulns', returnStatus: true, script: '''#!/bin/sh
            rm -f -- "$PATCHBOT_JUNIT_DIR"/TEST-patchbot-*.xml "$PATCHBOT_FINDINGS" "$PATCHBOT_SUMMARY" \\
                "$PATCHBOT_SARIF" "$PATCHBOT_ISSUES" "$PATCHBOT_OCSF" "$PATCHBOT_CSV"
            [ "$PATCHBOT_WRITE_BASELINE" = "$PATCHBOT_BASELINE" ] || rm -f -- "$PATCHBOT_WRITE_BASELINE"
            IFS='\n'
            exec junit-from-vulns -- $PATCHBOT_REPORTS
        ''')
    }
}

// Failed tests colour the stage; the build's result is the exit status' business. A run that ended well always leaves
// results, so finding none (a folder outside the workspace, for example) is an error then.
void publish(Map<String, String> settings, int status) {
    boolean mayBeEmpty = status != 0 && status != 5
    try {
        junit(
            testResults: "${settings.junitDir}/TEST-patchbot-*.xml",
            allowEmptyResults: mayBeEmpty,
            keepProperties: true,
            keepTestNames: true,
            skipMarkingBuildUnstable: true
        )
    } finally {
        archiveArtifacts(
            artifacts: outputs(settings).join(','),
            allowEmptyArchive: mayBeEmpty,
            fingerprint: true
        )
    }
}

List<String> outputs(Map<String, String> settings) {
    List<String> names = ['findings', 'summary', 'sarif', 'issues', 'ocsf', 'csv', 'writeBaseline']
    return names.findAll { settings[it] }.collect { settings[it] }
}

void conclude(int status) {
    if (status == 5) {
        unstable('junit-from-vulns: the gate warned; see the test results')
    } else if (status != 0) {
        error("junit-from-vulns: ${meaningOf(status)} (exit status ${status})")
    }
}

String meaningOf(int status) {
    Map<Integer, String> meanings = [
        1: 'the gate failed; see the test results',
        2: 'wrong usage or configuration',
        3: 'bad or incomplete input',
        4: 'a remote service failed',
        70: 'a bug in PatchBot',
        126: 'the tool cannot be run on this agent',
        127: 'the tool is not on the PATH of this agent',
    ]
    return meanings[status] ?: (status > 128 ? "ended by signal ${status - 128}" : 'ended in an unknown way')
}
