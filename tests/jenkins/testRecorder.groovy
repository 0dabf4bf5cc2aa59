import static Tests.test

// The recorder itself: a test that trusts it must be able to.

test('recorder: an unknown step ends the build') {
    Recorder build = new Recorder()
    build.pipeline("pipeline { stages { stage('a') { steps { shh 'ls' } } } }")
    assert build.result == 'FAILURE'
    assert build.failure.message.contains('shh')
}

test('recorder: a failed stage skips the next one, post follows the result') {
    Recorder build = new Recorder()
    build.pipeline('''
        pipeline {
            stages {
                stage('a') { steps { error 'no' } }
                stage('b') { steps { echo 'b' } }
            }
            post {
                success { echo 'success' }
                failure { echo 'failure' }
                cleanup { echo 'cleanup' }
            }
        }''')
    assert build.names() == ['error', 'echo', 'echo']
    assert build.steps*.args*.first() == ['no', 'failure', 'cleanup']
}

test('recorder: environment and withEnv reach the steps inside, parameters have defaults') {
    Recorder build = new Recorder()
    build.pipeline('''
        pipeline {
            parameters { string(name: 'P', defaultValue: 'p') }
            environment { A = 'a' }
            stages { stage('a') { steps {
                withEnv(['B=b=b']) { sh params.P }
                sh 'after'
            } } }
        }''')
    assert build.steps.findAll { it.name == 'sh' }*.args == [['p'], ['after']]
    assert build.steps.findAll { it.name == 'sh' }*.env == [[A: 'a', B: 'b=b'], [A: 'a']]
}

test('recorder: a stage whose condition does not hold is left out, and only that one') {
    Recorder build = new Recorder()
    build.pipeline('''
        pipeline {
            parameters { booleanParam(name: 'P', defaultValue: false) }
            stages {
                stage('a') {
                    when { expression { params.P } }
                    steps { echo 'a' }
                }
                stage('b') { steps { echo 'b' } }
                stage('c') {
                    when { expression { !params.P } }
                    steps { echo 'c' }
                }
            }
        }''')
    assert build.steps*.args*.first() == ['b', 'c']
}
