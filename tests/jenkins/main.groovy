// Runs every test script of this folder; the exit status is 0 only when all passed.
File folder = new File('tests/jenkins')
for (String name : folder.list().findAll { it.startsWith('test') }.sort()) {
    evaluate(new File(folder, name))
}
System.exit(Tests.finish()) // groovylint-disable-line SystemExit
