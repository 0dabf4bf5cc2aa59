import static Tests.test

// The step vulnWaivers: what it takes, what it publishes, and what its exit status does to the build.

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('vulnWaivers', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

test('vulnWaivers: parameters become variables, empty ones do not') {
    assert environment([:]) == [PATCHBOT_COMMAND: 'check']
    assert environment([config: null, team: ' ', command: '']) == [PATCHBOT_COMMAND: 'check']
    assert environment([requireApprover: true, maxDays: 90, command: 'list']) == [
        PATCHBOT_COMMAND: 'list', PATCHBOT_REQUIRE_APPROVER: 'true', PATCHBOT_MAX_DAYS: '90',
    ]
}

test('vulnWaivers: every parameter is a flag of the tool, or its command') {
    Recorder build = new Recorder()
    build.step('vulnWaivers', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ')
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

test('vulnWaivers: a file that is read is not removed first') {
    Recorder build = play([findings: 'a.json', output: 'a.json'])
    assert build.names() == ['error']
    assert build.failure.message.contains('a.json')
}

test('vulnWaivers: without an output there is nothing to archive') {
    assert play([:]).names() == ['withEnv', 'sh']
}

[0: false, 1: false, 5: false, 2: true, 3: true, 70: true, 127: true].each { int status, boolean mayBeEmpty ->
    test("vulnWaivers: with exit status ${status} the output ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Map archived = play([output: 'a.json'], status).only('archiveArtifacts')
        assert archived == [artifacts: 'a.json', allowEmptyArchive: mayBeEmpty, fingerprint: true]
    }
}

test('vulnWaivers: a failure says what it means') {
    assert play([:], 1).failure.message.contains('expired')
    assert play([command: 'expiring'], 2).failure.message.startsWith('vuln-waivers expiring: wrong usage')
    assert play([:], 127).failure.message.contains('not on the PATH')
    assert play([:], 137).failure.message.contains('signal 9')
    assert play([:], 99).failure.message.contains('exit status 99')
}

test('vulnWaivers: the status is returned') {
    Recorder build = new Recorder()
    build.answers.sh = { 5 }
    assert build.step('vulnWaivers', [:]) == 5
    assert build.result == 'UNSTABLE'
}
