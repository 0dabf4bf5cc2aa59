import static Tests.test

// The step ec2Targets: what it takes, what it publishes, and what its exit status does to the build.

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('ec2Targets', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

test('ec2Targets: parameters become variables, empty ones do not') {
    assert environment([:]) == [PATCHBOT_OUTPUT: 'inventory.json']
    assert environment([config: null, team: ' ', output: '']) == [PATCHBOT_OUTPUT: 'inventory.json']
    assert environment([withCoverage: true, parallel: 4, state: ['running', 'stopped'], output: 'a.json']) == [
        PATCHBOT_OUTPUT: 'a.json', PATCHBOT_WITH_COVERAGE: 'true', PATCHBOT_PARALLEL: '4',
        PATCHBOT_STATE: 'running,stopped',
    ]
}

test('ec2Targets: every parameter but the credentials is a flag of the tool, or its file') {
    Recorder build = new Recorder()
    build.step('ec2Targets', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ') - 'credentialsId'
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

test('ec2Targets: access keys are bound around the tool, and only if they are asked for') {
    assert !play([:]).names().contains('withCredentials')
    Recorder build = play([credentialsId: 'aws-audit'])
    assert build.names() == ['withCredentials', 'withEnv', 'sh', 'archiveArtifacts']
    assert build.only('withCredentials') == [
        [$class: 'AmazonWebServicesCredentialsBinding', credentialsId: 'aws-audit'],
    ]
    Map<String, String> env = build.steps.find { it.name == 'sh' }.env
    assert env == [PATCHBOT_OUTPUT: 'inventory.json', BOUND: 'aws-audit']
}

test('ec2Targets: a list that is read is not removed first') {
    Recorder build = play([source: 'file', file: 'inventory.json'])
    assert build.names() == ['error']
    assert build.failure.message.contains('inventory.json')
}

[0: false, 5: false, 2: true, 3: true, 4: true, 70: true, 127: true, 137: true].each { int status, boolean mayBeEmpty ->
    test("ec2Targets: with exit status ${status} the list ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Map archived = play([output: 'a.json'], status).only('archiveArtifacts')
        assert archived == [artifacts: 'a.json', allowEmptyArchive: mayBeEmpty, fingerprint: true]
    }
}

test('ec2Targets: a check of the access writes no list') {
    assert play([check: true]).only('archiveArtifacts').allowEmptyArchive == true
}

test('ec2Targets: a failure says what it means') {
    assert play([:], 4).failure.message.contains('could not be read')
    assert play([:], 127).failure.message.contains('not on the PATH')
    assert play([:], 137).failure.message.contains('signal 9')
    assert play([:], 99).failure.message.contains('exit status 99')
}

test('ec2Targets: the status is returned') {
    Recorder build = new Recorder()
    build.answers.sh = { 5 }
    assert build.step('ec2Targets', [:]) == 5
    assert build.result == 'UNSTABLE'
}
