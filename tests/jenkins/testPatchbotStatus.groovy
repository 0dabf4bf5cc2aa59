import static Tests.test

// The step patchbotStatus: what it takes, what it publishes, and what its exit status does to the build.

@groovy.transform.Field
final Map<String, String> USUAL = [
    PATCHBOT_OUTPUT: 'status.json', PATCHBOT_FORMAT: 'json', PATCHBOT_JUNIT: 'status-junit.xml',
]

Recorder play(Map args, int status = 0) {
    Recorder build = new Recorder()
    build.answers.sh = { status }
    build.step('patchbotStatus', args)
    return build
}

Map<String, String> environment(Map args) {
    return play(args).steps.find { it.name == 'sh' }.env
}

test('patchbotStatus: parameters become variables, empty ones do not') {
    assert environment([:]) == USUAL
    assert environment([config: null, team: ' ', output: '', format: '', junit: null]) == USUAL
    assert environment([staleOnly: true, allowPartial: false, maxAge: 30, parallel: 4, team: 'a,b']) == USUAL + [
        PATCHBOT_STALE_ONLY: 'true', PATCHBOT_ALLOW_PARTIAL: 'false', PATCHBOT_MAX_AGE: '30', PATCHBOT_PARALLEL: '4',
        PATCHBOT_TEAM: 'a,b',
    ]
}

test('patchbotStatus: a zero is a value') {
    assert environment([maxAge: 0]) == USUAL + [PATCHBOT_MAX_AGE: '0']
}

test('patchbotStatus: every parameter but the credentials is a flag of the tool') {
    Recorder build = new Recorder()
    build.step('patchbotStatus', [bogus: 'x'])
    List<String> names = build.failure.message.replaceFirst(/.*known: /, '').split(', ').findAll {
        !it.toLowerCase().endsWith('credentialsid')
    }
    Map<String, String> seen = environment(names.collectEntries { [it, "v-${it}"] })
    assert seen == names.collectEntries {
        ['PATCHBOT_' + it.replaceAll(/[A-Z]/) { letter -> "_${letter}" }.toUpperCase(), "v-${it}".toString()]
    }
}

test('patchbotStatus: a form of the status that is no JSON is not called so') {
    [json: 'status.json', table: 'status.txt', csv: 'status.csv', markdown: 'status.md'].each { format, output ->
        assert environment([format: format]) == USUAL + [PATCHBOT_FORMAT: format, PATCHBOT_OUTPUT: output]
    }
    assert environment([format: 'csv', output: 'a.txt']).PATCHBOT_OUTPUT == 'a.txt'
    assert environment([output: 'a.csv']).PATCHBOT_FORMAT == 'json'
}

test('patchbotStatus: hostile text stays in the value of its own variable, and out of the script') {
    String hostile = '"; rm -rf / #\' $(id) `id` ${PATH}\n-o=x\nPATCHBOT_CHECK=true'
    Recorder usual = play([:])
    for (String name : ['config', 'team', 'environment', 'now', 'record', 'replay', 'caFile']) {
        Recorder build = play([(name): hostile])
        Map step = build.steps.find { it.name == 'sh' }
        String variable = name == 'caFile' ? 'PATCHBOT_CA_FILE' : "PATCHBOT_${name.toUpperCase()}"
        assert step.env == USUAL + [(variable): hostile]
        assert step.args == usual.steps.find { it.name == 'sh' }.args
        assert build.result == 'SUCCESS'
    }
}

test('patchbotStatus: credentials are bound around the tool, and only those that are asked for') {
    assert !play([:]).names().contains('withCredentials')
    Map aws = [$class: 'AmazonWebServicesCredentialsBinding', credentialsId: 'aws-audit']
    Map jenkins = [
        $class: 'UsernamePasswordMultiBinding', credentialsId: 'reader', usernameVariable: 'PATCHBOT_JENKINS_USER',
        passwordVariable: 'PATCHBOT_JENKINS_TOKEN',
    ]
    assert play([credentialsId: 'aws-audit']).only('withCredentials') == [aws]
    assert play([jenkinsCredentialsId: 'reader']).only('withCredentials') == [jenkins]
    Recorder build = play([credentialsId: 'aws-audit', jenkinsCredentialsId: 'reader'])
    assert build.only('withCredentials') == [aws, jenkins]
    assert build.names() == ['withCredentials', 'withEnv', 'sh', 'junit', 'archiveArtifacts']
    assert !build.steps.findAll { it.name in ['junit', 'archiveArtifacts'] }.any { it.env }
}

test('patchbotStatus: a token of a host is bound to the variable of its kind') {
    ['github', 'gitlab', 'bitbucket'].each { host ->
        assert play([(host + 'CredentialsId'): 'reader']).only('withCredentials') == [
            [
                $class: 'StringBinding', credentialsId: 'reader',
                variable: "PATCHBOT_${host.toUpperCase()}_TOKEN".toString(),
            ],
        ]
    }
}

test('patchbotStatus: what is read, and what else is written, is not removed first') {
    List<Map> refused = [
        [output: 'a', config: 'a'], [output: 'a', junit: 'a'], [output: 'a', caFile: 'a'], [junit: 'a', config: 'a'],
        [junit: 'a', caFile: 'a'], [config: 'status.json'], [output: ' status-junit.xml\r\n'],
    ]
    for (Map args : refused) {
        Recorder build = play(args)
        assert build.names() == ['error']
        assert build.failure.message ==~ /patchbotStatus: .* is named twice: .*/
    }
    assert play([config: 'a', caFile: 'a']).result == 'SUCCESS'
}

[0: false, 1: false, 5: false, 2: true, 3: true, 4: true, 70: true, 126: true, 127: true, 137: true, 99: true,
].each { int status, boolean mayBeEmpty ->
    test("patchbotStatus: with exit status ${status} the results ${mayBeEmpty ? 'may' : 'must not'} be missing") {
        Recorder build = play([output: 'a.json', junit: 'b.xml'], status)
        assert build.only('archiveArtifacts') == [
            artifacts: 'a.json', allowEmptyArchive: mayBeEmpty, fingerprint: true,
        ]
        assert build.only('junit') == [
            testResults: 'b.xml', allowEmptyResults: mayBeEmpty, keepTestNames: true, skipMarkingBuildUnstable: true,
        ]
    }
}

[0: 'SUCCESS', 5: 'UNSTABLE', 1: 'FAILURE', 2: 'FAILURE', 3: 'FAILURE', 4: 'FAILURE', 70: 'FAILURE', 126: 'FAILURE',
    127: 'FAILURE', 139: 'FAILURE', 99: 'FAILURE'].each { int status, String result ->
    test("patchbotStatus: exit status ${status} publishes first, then the build is ${result}") {
        Recorder build = play([:], status)
        assert build.result == result
        assert build.names().take(4) == ['withEnv', 'sh', 'junit', 'archiveArtifacts']
        assert build.names().drop(4) == [SUCCESS: [], UNSTABLE: ['unstable'], FAILURE: ['error']][result]
    }
}

test('patchbotStatus: a check of the access writes nothing') {
    Recorder build = play([check: true])
    assert build.only('archiveArtifacts').allowEmptyArchive == true
    assert build.only('junit').allowEmptyResults == true
    assert build.result == 'SUCCESS'
    assert play([check: false]).only('archiveArtifacts').allowEmptyArchive == false
    assert play([check: false]).only('junit').allowEmptyResults == false
}

test('patchbotStatus: a status in the log is not archived') {
    assert play([output: '-', format: 'table']).names() == ['withEnv', 'sh', 'junit']
}

test('patchbotStatus: tests that cannot be read keep neither the archive nor the verdict back') {
    Recorder build = new Recorder()
    build.answers.sh = { 1 }
    build.answers.junit = { throw new Recorder.BuildError('no test results') }
    build.step('patchbotStatus', [:])
    assert build.names() == ['withEnv', 'sh', 'junit', 'archiveArtifacts', 'error']
    assert build.failure.message.contains('exit status 1')
}

test('patchbotStatus: a failure says what it means') {
    assert play([:], 1).failure.message.contains('blocked or too old')
    assert play([:], 4).failure.message.contains('could not be asked')
    assert play([:], 127).failure.message.contains('not on the PATH')
    assert play([:], 137).failure.message.contains('signal 9')
    assert play([:], 99).failure.message.contains('exit status 99')
}

test('patchbotStatus: the status is returned') {
    Recorder build = new Recorder()
    build.answers.sh = { 5 }
    assert build.step('patchbotStatus', [:]) == 5
    assert build.result == 'UNSTABLE'
}
