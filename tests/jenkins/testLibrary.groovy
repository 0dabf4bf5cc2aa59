import static Tests.test

// What holds for every step of the shared library.

/** Calls the step with one parameter; returns the message of its refusal, or ''. */
String refusal(String step, String parameter) {
    Recorder build = new Recorder()
    build.step(step, [(parameter): 'x'])
    return build.failure?.message ?: ''
}

List<File> steps = Recorder.VARS.listFiles().findAll { it.name.endsWith('.groovy') }.sort()
List<String> helps = Recorder.VARS.list().findAll { it.endsWith('.txt') }.sort()

test('library: there are steps, and each has its help') {
    assert steps
    assert helps == steps*.name*.replace('.groovy', '.txt')
}

for (File file : steps) {
    String step = file.name - '.groovy'
    File help = new File(Recorder.VARS, "${step}.txt")

    test("${step}: parses") {
        new Recorder().load(file)
    }

    test("${step}: keeps to what the sandbox and CPS allow") {
        assert !(file.text =~ /JsonSlurper|NonCPS|\.(sort|toSorted|execute)\b|new File|Thread|System\.|Jenkins\.|@Grab/)
    }

    test("${step}: the help names exactly the parameters that are accepted") {
        List<String> documented = help.text.findAll(/(?m)^- (\w+): /) { it[1] }
        List<String> accepted = refusal(step, 'bogus').replaceFirst(/.*known: /, '').split(', ')
        assert documented == accepted
        assert documented.every { !refusal(step, it).contains('unknown parameter') }
    }

    test("${step}: an unknown parameter is refused by name before anything runs") {
        Recorder build = new Recorder()
        build.step(step, [bogus: 'x'])
        assert build.names() == ['error']
        assert build.failure.message.startsWith("${step}: unknown parameter bogus; known: ")
    }

    test("${step}: the help begins with a call of the step") {
        assert help.text.startsWith("${step}(")
    }
}
