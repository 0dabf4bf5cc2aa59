import static Tests.test

// The step nessusRun: what it takes, what it publishes, and what its exit status does to the build.

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('nessusRun', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

test('nessusRun: parameters become variables, empty ones do not') {
    Map usual = [PATCHBOT_OUTPUT: 'reports/weekly.nessus', PATCHBOT_STATE: 'nessus-run.state.json']
    assert environment([:]) == usual
    assert environment([url: null, scan: ' ', output: '']) == usual
    assert environment([url: 'https://n', agentGroup: ['a', 'b'], poll: 5, output: 'a.nessus']) == usual + [
        PATCHBOT_URL: 'https://n', PATCHBOT_AGENT_GROUP: 'a,b', PATCHBOT_POLL: '5', PATCHBOT_OUTPUT: 'a.nessus',
    ]
}

test('nessusRun: every parameter but the credentials is a flag of the tool') {
    Recorder build = new Recorder()
    build.step('nessusRun', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ') - 'credentialsId'
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

[0: false, 2: true, 3: true, 4: true, 70: true, 127: true, 143: true].each { int status, boolean mayBeEmpty ->
    test("nessusRun: with exit status ${status} the report ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Map archived = play([output: 'a.nessus'], status).only('archiveArtifacts')
        assert archived == [artifacts: 'a.nessus', allowEmptyArchive: mayBeEmpty, fingerprint: true]
    }
}

[0: 'SUCCESS', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 139: 'FAILURE',
].each { int status, String result ->
    test("nessusRun: exit status ${status} publishes first, then the build is ${result}") {
        Recorder build = play([:], status)
        assert build.result == result
        assert build.names().take(3) == ['withEnv', 'sh', 'archiveArtifacts']
    }
}

test('nessusRun: agents that are off make the build unstable, and their list is archived') {
    Recorder build = play([output: 'a.nessus', absentAgents: 'absent.tsv'], 5)
    assert build.result == 'UNSTABLE'
    assert build.only('archiveArtifacts') == [
        artifacts: 'a.nessus,absent.tsv', allowEmptyArchive: false, fingerprint: true,
    ]
}

test('nessusRun: shards are patterns, one a line; a bulk export has a state of its own') {
    assert environment([merge: ['shards/a b.nessus', 'shards/*.nessus']]).PATCHBOT_MERGE ==
        'shards/a b.nessus\nshards/*.nessus'
    assert environment([vulnsExport: true]) == [
        PATCHBOT_OUTPUT: 'reports/vulns.json', PATCHBOT_STATE: 'vulns-export.state.json', PATCHBOT_VULNS_EXPORT: 'true',
    ]
}

test('nessusRun: shards in one workspace do not meet') {
    assert environment([shard: '2/5']) == [
        PATCHBOT_OUTPUT: 'shards/2-of-5.nessus', PATCHBOT_STATE: 'nessus-run.2-of-5.state.json', PATCHBOT_SHARD: '2/5',
    ]
}

test('nessusRun: a check of the server fetches no report') {
    assert play([check: true]).only('archiveArtifacts').allowEmptyArchive == true
}

test('nessusRun: a failure says what it means') {
    assert play([:], 2).failure.message.contains('licence')
    assert play([:], 3).failure.message.contains('lacks hosts')
    assert play([:], 143).failure.message.contains('signal 15')
}
