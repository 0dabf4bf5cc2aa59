import static Tests.test

import java.nio.file.Files

// The shell scripts of the steps, run by the real /bin/sh against tools that only tell how they were called.

/** Runs the script in a folder that holds these files; returns its exit status and what the tool printed. */
Map shell(Map args, List<String> files = [], boolean installed = true, String name = 'junitFromVulns') {
    File folder = Files.createTempDirectory('patchbot').toFile()
    try {
        for (String file : files) {
            new File(folder, file).with {
                parentFile.mkdirs()
                text = 'old'
            }
        }
        return run(folder, recorded(name, args), installed)
    } finally {
        folder.deleteDir()
    }
}

Map inventory(Map args, List<String> files = [], boolean installed = true) {
    return shell(args, files, installed, 'ec2Targets')
}

Map recorded(String name, Map args) {
    Recorder build = new Recorder()
    build.step(name, args)
    return build.steps.find { it.name == 'sh' }
}

Map run(File folder, Map step, boolean installed) {
    File bin = new File(folder, 'bin')
    bin.mkdirs()
    if (installed) {
        List<String> tools = ['ami-update-status', 'cfn-pr-checker', 'ec2-targets', 'junit-from-vulns', 'vuln-feeds']
        for (String tool : tools) {
            executable(new File(bin, tool), '#!/bin/sh\nprintf "<%s>" "$@"\nexit 5\n')
        }
    }
    ProcessBuilder builder = new ProcessBuilder(executable(new File(bin, 'script'), step.args[0].script).path)
    builder.directory(folder).redirectErrorStream(true)
    builder.environment().putAll(step.env + [PATH: "${bin}:/usr/bin:/bin".toString()])
    Process process = builder.start()
    String output = process.inputStream.text
    return [status: process.waitFor(), output: output, left: folder.list().sort() - 'bin', junit: listing(folder)]
}

File executable(File file, String text) {
    file.text = text
    file.executable = true
    return file
}

List<String> listing(File folder) {
    return (new File(folder, 'patchbot-junit').list() ?: []).sort()
}

test('shell: patterns expand, blanks in names survive, the exit status comes through') {
    Map done = shell([reports: ['my scans/*.nessus', 'b.csv']], ['my scans/a b.nessus', 'my scans/c.nessus', 'b.csv'])
    assert done.output == '<--><my scans/a b.nessus><my scans/c.nessus><b.csv>'
    assert done.status == 5
}

test('shell: a pattern without a match reaches the tool, which then refuses it') {
    assert shell([reports: 'reports/*.nessus\nb.csv'], ['b.csv']).output == '<--><reports/*.nessus><b.csv>'
}

test('shell: text from outside is never run, nor taken for an option') {
    Map done = shell([reports: ['$(touch x)', '`touch y`; touch z', '-o', '*'], junitDir: '$(touch v)'], ['-a'])
    assert done.output == '<--><$(touch x)><`touch y`; touch z><-o><-a><bin>'
    assert done.left == ['-a']
}

for (boolean installed : [true, false]) {
    test("shell: output of an earlier build is gone, tool ${installed ? 'installed' : 'missing'}") {
        Map done = shell([reports: 'a'], [
            'patchbot-junit/TEST-patchbot-shop.xml', 'patchbot-junit/other.xml', 'findings.jsonl', 'summary.json', 'a',
        ], installed)
        assert done.status == (installed ? 5 : 127)
        assert done.left == ['a', 'patchbot-junit']
        assert done.junit == ['other.xml']
    }
}

test('shell: the baseline of an earlier build is gone, unless it is read') {
    List<String> files = ['a', 'b.jsonl', 'old.jsonl']
    assert shell([reports: 'a', writeBaseline: 'b.jsonl', baseline: 'old.jsonl'], files).left == ['a', 'old.jsonl']
    assert shell([reports: 'a', writeBaseline: 'b.jsonl', baseline: 'b.jsonl'], files).left == files
    assert shell([reports: 'a', writeBaseline: 'b.jsonl'], files).left == ['a', 'old.jsonl']
    assert shell([reports: 'a', baseline: 'b.jsonl'], files).left == files
}

test('shell: ec2-targets is called without arguments, or with the one file that is named') {
    assert inventory([:]).output == '<>'
    assert inventory([file: 'my list.txt']).output == '<--><my list.txt>'
    assert inventory([file: '-x $(touch y) *']).output == '<--><-x $(touch y) *>'
    assert inventory([file: '-x $(touch y) *']).left == []
}

test('shell: vuln-feeds is called without arguments, and what was kept stays') {
    Map done = shell([:], ['feeds/kev.tsv'], true, 'vulnFeeds')
    assert done.output == '<>'
    assert done.status == 5
    assert done.left == ['feeds']
}

for (boolean installed : [true, false]) {
    test("shell: the list of an earlier build is gone, ec2-targets ${installed ? 'installed' : 'missing'}") {
        Map done = inventory([:], ['inventory.json', 'other.json'], installed)
        assert done.status == (installed ? 5 : 127)
        assert done.left == ['other.json']
    }
}

test('shell: cfn-pr-checker is called with what the environment says, and old results are gone') {
    Map done = shell([base: '$(touch x)', output: 'out put.txt', sarif: '-a'],
        ['out put.txt', '-a', 'TEST-patchbot-pull-request.xml', 'web.yaml'], true, 'cfnPrChecker')
    assert done.status == 5
    assert done.output == '<>'
    assert done.left == ['web.yaml']
}

for (boolean installed : [true, false]) {
    test("shell: the status of an earlier build is gone, ami-update-status ${installed ? 'installed' : 'missing'}") {
        List<String> files = ['status.json', 'status-junit.xml', 'patchbot.yaml']
        Map done = shell([config: 'patchbot.yaml'], files, installed, 'patchbotStatus')
        assert done.status == (installed ? 5 : 127)
        assert done.left == ['patchbot.yaml']
    }
}

test('shell: what ami-update-status is told stands in the environment only, and none of it is run') {
    Map hostile = [
        output: '$(touch x)', junit: '-r `touch y`', team: '"; touch z; "', environment: "'; touch w; '", now: '-v',
        maxAge: '1\ntouch v', config: '*', format: '--help',
    ]
    Map done = shell(hostile, ['$(touch x)', '-r `touch y`', 'web.yaml'], true, 'patchbotStatus')
    assert done.output == '<>'
    assert done.left == ['web.yaml']
}

test('shell: a status that goes to the log removes no folder') {
    Map done = shell([output: '-', junit: 'a b'], ['-/old', 'a b/old'], true, 'patchbotStatus')
    assert done.status == 5
    assert done.left == ['-', 'a b']
}
