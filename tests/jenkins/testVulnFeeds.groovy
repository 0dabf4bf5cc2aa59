import static Tests.test

// The step vulnFeeds: what it takes, what it publishes, and what its exit status does to the build.

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('vulnFeeds', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

test('vulnFeeds: parameters become variables, empty ones do not') {
    assert environment([:]) == [PATCHBOT_CACHE: 'feeds']
    assert environment([kev: null, epss: ' ', cache: '']) == [PATCHBOT_CACHE: 'feeds']
    assert environment([acceptSmall: true, maxAge: 48, cache: 'a b', ssvc: 'x.zip']) == [
        PATCHBOT_CACHE: 'a b', PATCHBOT_ACCEPT_SMALL: 'true', PATCHBOT_MAX_AGE: '48', PATCHBOT_SSVC: 'x.zip',
    ]
}

test('vulnFeeds: every parameter is a flag of the tool') {
    Recorder build = new Recorder()
    build.step('vulnFeeds', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ')
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

test('vulnFeeds: what an earlier build has kept is not removed') {
    String script = play([:]).steps.find { it.name == 'sh' }.args.first().script
    assert !script.contains('rm ')
}

[0: false, 5: false, 2: true, 3: true, 4: true, 70: true, 127: true, 137: true].each { int status, boolean mayBeEmpty ->
    test("vulnFeeds: with exit status ${status} the feeds ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Map archived = play([cache: 'f'], status).only('archiveArtifacts')
        assert archived == [artifacts: 'f/*.tsv', allowEmptyArchive: mayBeEmpty, fingerprint: true]
    }
}

test('vulnFeeds: a check keeps nothing') {
    assert play([check: true]).only('archiveArtifacts').allowEmptyArchive == true
}

test('vulnFeeds: a failure says what it means') {
    assert play([:], 4).failure.message.contains('could not be fetched')
    assert play([:], 3).failure.message.contains('last good copy stays')
    assert play([:], 127).failure.message.contains('not on the PATH')
    assert play([:], 137).failure.message.contains('signal 9')
    assert play([:], 99).failure.message.contains('exit status 99')
}

test('vulnFeeds: the status is returned') {
    Recorder build = new Recorder()
    build.answers.sh = { 5 }
    assert build.step('vulnFeeds', [:]) == 5
    assert build.result == 'UNSTABLE'
}
