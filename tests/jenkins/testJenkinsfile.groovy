import static Tests.test

// The Jenkinsfile, played from the first stage to the last for each exit status of each tool.

@groovy.transform.Field
final List<String> TOOLS = ['ec2-targets', 'ec2-targets', 'vuln-feeds', 'junit-from-vulns']

/** Statuses are those of the tools in the order of their calls; behind the last one all is well. */
Recorder play(List<Integer> statuses, Map params = [:]) {
    Recorder build = new Recorder()
    List<Integer> left = statuses.collect()
    build.params.putAll(params)
    build.answers.sh = { left ? left.remove(0) : 0 }
    build.pipeline(new File('Jenkinsfile').text)
    return build
}

List<Map> calls(Recorder build) {
    return build.steps.findAll { it.name == 'sh' }
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 130: 'FAILURE',
    139: 'FAILURE'].each { int status, String result ->
    test("Jenkinsfile: scan results with exit status ${status} are published first, then the build is ${result}") {
        Recorder build = play([status], [INVENTORY: false, FEEDS: ''])
        assert build.result == result
        assert build.names().take(4) == ['withEnv', 'sh', 'junit', 'archiveArtifacts']
        assert build.names().drop(4) == [SUCCESS: [], UNSTABLE: ['unstable'], FAILURE: ['error']][result]
    }

    test("Jenkinsfile: feeds with exit status ${status} are archived, then the build is ${result}") {
        Recorder build = play([status], [INVENTORY: false])
        assert build.result == result
        assert build.names().take(4) == ['catchError', 'withEnv', 'sh', 'archiveArtifacts']
        assert calls(build)*.args*.first()*.label == TOOLS.drop(2)
    }

    test("Jenkinsfile: an inventory with exit status ${status} is archived, then the build is ${result}") {
        Recorder build = play([status])
        assert build.result == result
        assert build.names().take(4) == ['catchError', 'withEnv', 'sh', 'archiveArtifacts']
        assert calls(build)*.args*.first()*.label == TOOLS
    }
}

test('Jenkinsfile: a partial inventory or a missing feed fails the build, and the results still come out') {
    for (List<Integer> statuses : [[4, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0]]) {
        Recorder build = play(statuses)
        assert build.result == 'FAILURE'
        assert calls(build)*.args*.first()*.label == TOOLS
    }
}

test('Jenkinsfile: a job without parameters of its own asks AWS twice, and holds feeds and reports against it') {
    List<Map> seen = calls(play([]))*.env
    assert seen[0] == [PATCHBOT_OUTPUT: 'inventory.json', PATCHBOT_WITH_COVERAGE: 'true']
    assert seen[1] == [PATCHBOT_OUTPUT: 'inventory-after.json']
    assert seen[2] == [PATCHBOT_CACHE: 'feeds']
    assert seen[3] == [
        PATCHBOT_REPORTS: 'reports/*.nessus', PATCHBOT_JUNIT_DIR: 'patchbot-junit', PATCHBOT_FINDINGS: 'findings.jsonl',
        PATCHBOT_SUMMARY: 'summary.json', PATCHBOT_TARGETS: 'inventory.json',
        PATCHBOT_TARGETS_AFTER: 'inventory-after.json', PATCHBOT_MAX_SCAN_AGE: '8', PATCHBOT_FEEDS: 'feeds',
    ]
}

test('Jenkinsfile: every parameter reaches the tools') {
    Map given = [
        REPORTS: 'r', TARGETS: 't', TARGETS_AFTER: 'ta', MAX_SCAN_AGE: '3', FEEDS: 'f', CONFIG: 'c', WAIVERS: 'w',
        BASELINE: 'b',
    ]
    List<Map> seen = calls(play([], given + [MAX_WAIVER_DAYS: '9']))*.env
    assert given.every { name, value -> seen[4]["PATCHBOT_${name}".toString()] == value }
    assert seen*.PATCHBOT_CONFIG == ['c', 'c', 'c', null, 'c']
    assert seen*.PATCHBOT_OUTPUT == [null, 't', 'ta', null, null]
    assert seen[3].PATCHBOT_CACHE == 'f'
    assert seen[4].PATCHBOT_WRITE_BASELINE == 'b'
    assert seen[0] == [
        PATCHBOT_COMMAND: 'check', PATCHBOT_WAIVERS: 'w', PATCHBOT_CONFIG: 'c', PATCHBOT_MAX_DAYS: '9',
    ]
    assert play([]).params.keySet() == given.keySet() + [
        'INVENTORY', 'MAX_WAIVER_DAYS', 'NESSUS_URL', 'NESSUS_CREDENTIALS', 'NESSUS_SCAN', 'STATUS', 'MAX_AMI_AGE',
        'JENKINS_CREDENTIALS', 'GITHUB_CREDENTIALS', 'GITLAB_CREDENTIALS', 'BITBUCKET_CREDENTIALS',
    ]
}

[0: 'SUCCESS', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 143: 'FAILURE'].each { int status, String result ->
    test("Jenkinsfile: a scan with exit status ${status} makes the build ${result}, and the results come out") {
        Map given = [NESSUS_URL: 'https://n', NESSUS_CREDENTIALS: 'keys', NESSUS_SCAN: 'weekly']
        Recorder build = play([0, status], given)
        assert build.result == result
        List<Map> seen = calls(build)
        assert seen*.args*.first()*.label == ['ec2-targets', 'nessus-run'] + TOOLS.drop(1)
        assert seen[1].env == [
            PATCHBOT_OUTPUT: 'reports/weekly.nessus', PATCHBOT_STATE: 'nessus-run.state.json',
            PATCHBOT_URL: 'https://n', PATCHBOT_SCAN: 'weekly', PATCHBOT_TARGETS: 'inventory.json', BOUND: 'keys',
        ]
    }
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 127: 'FAILURE',
    143: 'FAILURE'].each { int status, String result ->
    test("Jenkinsfile: a status of AMIs with exit status ${status} makes the build ${result}, the results come out") {
        Map given = [STATUS: true, CONFIG: 'c', MAX_AMI_AGE: '30', JENKINS_CREDENTIALS: 'reader']
        Recorder build = play([0, 0, status], given)
        assert build.result == result
        List<Map> seen = calls(build)
        assert seen*.args*.first()*.label == ['ec2-targets', 'ec2-targets', 'ami-update-status'] + TOOLS.drop(2)
        assert seen[2].env == [
            PATCHBOT_OUTPUT: 'status.json', PATCHBOT_FORMAT: 'json', PATCHBOT_JUNIT: 'status-junit.xml',
            PATCHBOT_CONFIG: 'c', PATCHBOT_MAX_AGE: '30', BOUND: 'reader',
        ]
        assert build.steps.findAll { it.name == 'junit' }*.args*.first()*.testResults == [
            'status-junit.xml', 'patchbot-junit/TEST-patchbot-*.xml',
        ]
    }
}

test('Jenkinsfile: tokens for the hosts of pull requests reach the status of AMIs') {
    for (String host : ['GITHUB', 'GITLAB', 'BITBUCKET']) {
        Map given = [STATUS: true, INVENTORY: false, ("${host}_CREDENTIALS".toString()): 'reader']
        assert calls(play([], given))[0].env.BOUND == 'reader'
    }
}

test('Jenkinsfile: the status of AMIs comes out whatever became of the inventory and the scan') {
    Recorder build = play([4, 4, 4, 0, 0, 0], [STATUS: true, NESSUS_URL: 'https://n'])
    assert build.result == 'FAILURE'
    assert calls(build)*.args*.first()*.label == [
        'ec2-targets', 'nessus-run', 'ec2-targets', 'ami-update-status',
    ] + TOOLS.drop(2)
    assert calls(play([], [STATUS: true, INVENTORY: false]))*.args*.first()*.label ==
        ['ami-update-status'] + TOOLS.drop(2)
}

test('Jenkinsfile: without results of tests, the status of AMIs loses none of those of the scan') {
    Recorder build = new Recorder()
    build.params.putAll([STATUS: true, INVENTORY: false])
    build.answers.junit = { Map args ->
        if (args.testResults == 'status-junit.xml') {
            throw new Recorder.BuildError('No test report files were found')
        }
    }
    build.pipeline(new File('Jenkinsfile').text)
    assert build.result == 'FAILURE'
    assert calls(build)*.args*.first()*.label == ['ami-update-status'] + TOOLS.drop(2)
    assert build.steps.findAll { it.name == 'archiveArtifacts' }*.args*.first()*.artifacts == [
        'status.json', 'feeds/*.tsv', 'findings.jsonl,summary.json',
    ]
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 127: 'FAILURE'].each { int status, String result ->
    test("Jenkinsfile: waivers with exit status ${status} make the build ${result}, and the results come out") {
        Recorder build = play([status], [WAIVERS: 'w'])
        assert build.result == result
        assert calls(build)*.args*.first()*.label == ['vuln-waivers check'] + TOOLS
    }
}

test('Jenkinsfile: inventories of your own, or none, leave AWS alone; no folder for feeds, their sources') {
    assert calls(play([], [INVENTORY: false]))*.args*.first()*.label == TOOLS.drop(2)
    assert calls(play([], [FEEDS: '']))*.args*.first()*.label == TOOLS - 'vuln-feeds'
    List<Map> none = calls(play([], [TARGETS: '', TARGETS_AFTER: '']))
    assert none*.args*.first()*.label == TOOLS.drop(2)
    assert !none[1].env.keySet().any { it.startsWith('PATCHBOT_TARGETS') }
}
