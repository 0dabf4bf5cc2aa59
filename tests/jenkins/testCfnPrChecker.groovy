import static Tests.test

// The step cfnPrChecker: what it takes, what it publishes, and what its exit status does to the build.

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('cfnPrChecker', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

Recorder pipeline(Map<String, String> env, int status = 0) {
    Recorder build = new Recorder()
    build.env.putAll(env)
    build.answers.sh = { status }
    build.pipeline(new File('jenkins/pull-request/Jenkinsfile').text)
    return build
}

test('cfnPrChecker: parameters become variables, empty ones do not') {
    assert environment([:]) == [PATCHBOT_JUNIT: 'TEST-patchbot-pull-request.xml']
    assert environment([base: 'origin/main', head: 'HEAD', config: null, junit: ' a.xml']) == [
        PATCHBOT_JUNIT: 'a.xml', PATCHBOT_BASE: 'origin/main', PATCHBOT_HEAD: 'HEAD',
    ]
}

test('cfnPrChecker: every parameter is a flag of the tool') {
    Recorder build = new Recorder()
    build.step('cfnPrChecker', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ')
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

test('cfnPrChecker: a pull request without templates has no test cases, and that is no failure') {
    Recorder build = play([:])
    assert build.names() == ['withEnv', 'sh', 'junit']
    assert build.only('junit').allowEmptyResults
    assert build.result == 'SUCCESS'
}

[0: false, 1: false, 5: false, 2: true, 3: true, 4: true, 70: true, 127: true].each { int status, boolean mayBeEmpty ->
    test("cfnPrChecker: with exit status ${status} the outputs ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Map archived = play([output: 'a.txt', sarif: 'a.sarif'], status).only('archiveArtifacts')
        assert archived == [artifacts: 'a.txt,a.sarif', allowEmptyArchive: mayBeEmpty, fingerprint: true]
    }
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 139: 'FAILURE'
].each { int status, String result ->
    test("cfnPrChecker: exit status ${status} publishes first, then the build is ${result}") {
        Recorder build = play([:], status)
        assert build.result == result
        assert build.names().take(3) == ['withEnv', 'sh', 'junit']
        assert build.names().drop(3) == [SUCCESS: [], UNSTABLE: ['unstable'], FAILURE: ['error']][result]
    }
}

test('cfnPrChecker: a failure says what it means') {
    assert play([:], 2).failure.message.contains('configuration of the target branch')
    assert play([:], 127).failure.message.contains('not on the PATH')
    assert play([:], 137).failure.message.contains('signal 9')
    assert play([:], 99).failure.message.contains('exit status 99')
}

test('pull request: the pipeline compares with the target branch') {
    Map seen = pipeline([CHANGE_ID: '7', CHANGE_TARGET: 'main']).steps.find { it.name == 'sh' }.env
    assert seen.PATCHBOT_BASE == 'refs/remotes/origin/main'
    assert seen.PATCHBOT_HEAD == 'HEAD'
}

test('pull request: a build of a branch checks nothing') {
    assert pipeline([:]).names() == []
}
