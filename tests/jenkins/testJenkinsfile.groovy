import static Tests.test

// The Jenkinsfile, played from the first stage to the last for each exit status of the tool.

Recorder play(int status, Map params = [:]) {
    Recorder build = new Recorder()
    build.params.putAll(params)
    build.answers.sh = { status }
    build.pipeline(new File('Jenkinsfile').text)
    return build
}

Map<String, String> environment(Map params) {
    return play(0, params).steps.find { it.name == 'sh' }.env
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 130: 'FAILURE',
    139: 'FAILURE'].each { int status, String result ->
    test("Jenkinsfile: exit status ${status} is published first, then the build is ${result}") {
        Recorder build = play(status)
        assert build.result == result
        assert build.names().take(4) == ['withEnv', 'sh', 'junit', 'archiveArtifacts']
        assert build.names().drop(4) == [SUCCESS: [], UNSTABLE: ['unstable'], FAILURE: ['error']][result]
    }
}

test('Jenkinsfile: a job without parameters of its own takes the reports and nothing else') {
    assert environment([:]).PATCHBOT_REPORTS == 'reports/*.nessus'
    assert environment([:]).keySet() == [
        'PATCHBOT_REPORTS', 'PATCHBOT_JUNIT_DIR', 'PATCHBOT_FINDINGS', 'PATCHBOT_SUMMARY',
    ] as Set
}

test('Jenkinsfile: every parameter reaches the tool') {
    Map given = [REPORTS: 'r', TARGETS: 't', TARGETS_AFTER: 'ta', CONFIG: 'c', WAIVERS: 'w']
    Map<String, String> seen = environment(given)
    assert given.every { name, value -> seen["PATCHBOT_${name}".toString()] == value }
    assert play(0).params.keySet() == given.keySet()
}
