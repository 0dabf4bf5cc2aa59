import static Tests.test

// junitFromVulns: what it asks of Jenkins, in which order, and what becomes of each exit status.

Recorder play(Map args, int status = 0, Map<String, Closure> answers = [:]) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.answers.putAll(answers)
    build.step('junitFromVulns', args)
    return build
}

/** The environment in which the tool ran. */
Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

Map<Integer, List> outcomes = [
    0: ['SUCCESS', null],
    1: ['FAILURE', 'the gate failed'],
    2: ['FAILURE', 'usage or configuration'],
    3: ['FAILURE', 'bad or incomplete input'],
    4: ['FAILURE', 'remote service'],
    5: ['UNSTABLE', null],
    70: ['FAILURE', 'a bug in PatchBot'],
    126: ['FAILURE', 'cannot be run'],
    127: ['FAILURE', 'not on the PATH'],
    130: ['FAILURE', 'ended by signal 2'],
    139: ['FAILURE', 'ended by signal 11'],
    42: ['FAILURE', 'in an unknown way'],
    (-1): ['FAILURE', 'in an unknown way'],
]

outcomes.each { int status, List expected ->
    test("junitFromVulns: exit status ${status} is published first, then means ${expected[0]}") {
        Recorder build = play([reports: 'a.nessus'], status)
        List<String> verdict = [SUCCESS: [], UNSTABLE: ['unstable'], FAILURE: ['error']][expected[0]]
        assert build.names() == ['withEnv', 'sh', 'junit', 'archiveArtifacts'] + verdict
        assert build.result == expected[0]
        if (expected[1]) {
            assert build.failure.message.contains(expected[1])
            assert build.failure.message.endsWith("(exit status ${status})")
        } else {
            assert !build.failure
        }
    }

    for (String broken : ['junit', 'archiveArtifacts']) {
        test("junitFromVulns: a failing ${broken} does not hide exit status ${status}") {
            Recorder build = play([reports: 'a.nessus'], status, [(broken): { throw new IOException('disk full') }])
            assert build.names().containsAll(['junit', 'archiveArtifacts'])
            assert build.result == 'FAILURE'
            assert build.failure.message.contains(expected[1] ?: 'disk full')
            assert ('unstable' in build.names()) == (status == 5)
        }
    }

    test("junitFromVulns: nothing to publish is accepted after exit status ${status} only when it is an error") {
        Recorder build = play([reports: 'a.nessus'], status)
        boolean mayBeEmpty = expected[0] == 'FAILURE'
        assert build.only('junit').allowEmptyResults == mayBeEmpty
        assert build.only('archiveArtifacts').allowEmptyArchive == mayBeEmpty
    }
}

test('junitFromVulns: returns the exit status') {
    for (int status : [0, 5]) {
        Recorder build = new Recorder()
        build.answers.sh = { status }
        assert build.step('junitFromVulns', [reports: 'a.nessus']) == status
    }
}

test('junitFromVulns: defaults') {
    Recorder build = play([reports: 'a.nessus'])
    assert build.only('withEnv') == [
        'PATCHBOT_JUNIT_DIR=patchbot-junit', 'PATCHBOT_FINDINGS=findings.jsonl', 'PATCHBOT_SUMMARY=summary.json',
        'PATCHBOT_REPORTS=a.nessus',
    ]
    assert build.only('junit') == [
        testResults: 'patchbot-junit/TEST-patchbot-*.xml', allowEmptyResults: false, keepProperties: true,
        keepTestNames: true, skipMarkingBuildUnstable: true,
    ]
    assert build.only('archiveArtifacts') == [
        artifacts: 'findings.jsonl,summary.json', allowEmptyArchive: false, fingerprint: true,
    ]
}

test('junitFromVulns: every parameter reaches the tool as its variable') {
    Map given = [
        reports: ['a b.nessus', 'c.csv'], junitDir: 'j', findings: 'f', summary: 's', failOn: 'high', warnOn: 'none',
        minSeverity: 'low', listFrom: 'info', severitySource: 'vpr', targets: 't', targetsAfter: 'ta',
        allowUnauthenticated: true, maxScanAge: 8, groupBy: 'host', maxCases: 5, config: 'c', waivers: 'w', feeds: 'fd',
        redactEvidence: false, baseline: 'b', writeBaseline: 'wb', explain: 'all', lastRun: '2026-11-16T06:00:00Z',
        now: '2026-11-23T06:00:00Z', sarif: 'sa', issues: 'i', ocsf: 'o', csv: 'cs',
    ]
    assert environment(given) == [
        PATCHBOT_REPORTS: 'a b.nessus\nc.csv', PATCHBOT_JUNIT_DIR: 'j', PATCHBOT_FINDINGS: 'f', PATCHBOT_SUMMARY: 's',
        PATCHBOT_FAIL_ON: 'high', PATCHBOT_WARN_ON: 'none', PATCHBOT_MIN_SEVERITY: 'low', PATCHBOT_LIST_FROM: 'info',
        PATCHBOT_SEVERITY_SOURCE: 'vpr', PATCHBOT_TARGETS: 't', PATCHBOT_TARGETS_AFTER: 'ta',
        PATCHBOT_ALLOW_UNAUTHENTICATED: 'true', PATCHBOT_MAX_SCAN_AGE: '8', PATCHBOT_GROUP_BY: 'host',
        PATCHBOT_MAX_CASES: '5',
        PATCHBOT_CONFIG: 'c', PATCHBOT_WAIVERS: 'w', PATCHBOT_FEEDS: 'fd', PATCHBOT_REDACT_EVIDENCE: 'false',
        PATCHBOT_NOW: '2026-11-23T06:00:00Z', PATCHBOT_SARIF: 'sa', PATCHBOT_ISSUES: 'i', PATCHBOT_OCSF: 'o',
        PATCHBOT_CSV: 'cs', PATCHBOT_BASELINE: 'b', PATCHBOT_WRITE_BASELINE: 'wb', PATCHBOT_EXPLAIN: 'all',
        PATCHBOT_LAST_RUN: '2026-11-16T06:00:00Z',
    ]
    assert play(given).only('junit').testResults == 'j/TEST-patchbot-*.xml'
    assert play(given).only('archiveArtifacts').artifacts == 'f,s,sa,i,o,cs,wb'
}

/** The variable of the last run, after builds with these results, the latest first. */
String lastRunAfter(List<String> results, Map args = [:]) {
    Recorder build = new Recorder()
    Map last = build.currentBuild
    results.eachWithIndex { String result, int i ->
        last = last.previousBuild = [result: result, startTimeInMillis: 1700000000999L - i * 1000, previousBuild: null]
    }
    build.step('junitFromVulns', [reports: 'a'] + args)
    return build.steps.find { it.name == 'sh' }.env.PATCHBOT_LAST_RUN
}

test('junitFromVulns: the last run is the build before, if that was not cut off') {
    assert lastRunAfter([]) == null
    for (String result : ['SUCCESS', 'UNSTABLE', 'FAILURE']) {
        assert lastRunAfter([result, 'SUCCESS']) == '@1700000000'
    }
    assert lastRunAfter(['ABORTED', 'NOT_BUILT', null, 'FAILURE', 'SUCCESS']) == '@1699999997'
    assert lastRunAfter(['ABORTED']) == null
    assert lastRunAfter(['SUCCESS'], [lastRun: '@5']) == '@5'
}

test('junitFromVulns: null and empty count as not given') {
    assert environment([reports: 'a', junitDir: null, targets: '', config: ' ']) == environment([reports: 'a'])
}

test('junitFromVulns: line ends of a browser form are no part of a name') {
    assert environment([reports: 'a\r\nb\r\n']).PATCHBOT_REPORTS == 'a\nb'
}

for (Object none : [null, '', ' \n', [], ['']]) {
    test("junitFromVulns: reports ${none.inspect()} is refused before anything runs") {
        Recorder build = play([reports: none])
        assert build.names() == ['error']
        assert build.failure.message.contains('reports is missing or empty')
    }
}

test('junitFromVulns: ** is refused, the shell would quietly find less than expected') {
    Recorder build = play([reports: ['a.nessus', 'reports/**/*.nessus']])
    assert build.names() == ['error']
    assert build.failure.message.contains('has no **')
}

test('junitFromVulns: the shell script is a constant') {
    Map first = play([reports: 'a']).only('sh')
    Map second = play([reports: '$(x)', junitDir: '`y`', now: '"; z', failOn: '${PATH}']).only('sh')
    assert first.keySet() == ['label', 'returnStatus', 'script'] as Set
    assert first.script.class == String
    assert first.script == second.script
    assert first.label == second.label
    assert first.returnStatus
}
