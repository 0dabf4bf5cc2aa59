/** Counts tests and prints one line for each. */
class Tests {
    private static int passed = 0
    private static int failed = 0

    static void test(String name, Closure body) {
        try {
            body()
            passed++
            println "ok    ${name}"
        } catch (Throwable trouble) { // groovylint-disable-line CatchThrowable
            failed++
            println "FAIL  ${name}\n${trouble.toString().readLines().collect { "      ${it}" }.join('\n')}"
        }
    }

    /** Prints the result; returns the exit status of the run. */
    static int finish() {
        println "${passed} passed, ${failed} failed"
        return failed == 0 && passed > 0 ? 0 : 1
    }
}
