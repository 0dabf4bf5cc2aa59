/**
 * Plays Jenkins for one pipeline script: writes down the steps that it takes, answers them, and keeps the result of
 * the build. A step that is not listed here does not exist, as in a Jenkins without the plugin.
 */
class Recorder {
    static final File VARS = new File('jenkins/vars')

    static final Set<String> STEPS = [
        'archiveArtifacts', 'catchError', 'echo', 'error', 'junit', 'sh', 'unstable', 'withCredentials', 'withEnv',
    ]
    static final Set<String> DIRECTIVES = [
        'pipeline', 'agent', 'options', 'parameters', 'triggers', 'environment', 'stages', 'stage', 'when',
        'expression', 'steps', 'post', 'buildDiscarder', 'logRotator', 'disableConcurrentBuilds', 'timeout', 'cron',
        'string', 'text', 'booleanParam', 'changeRequest',
    ]
    /** When a block of post runs, by the result so far. */
    static final Map<String, Closure> POST = [
        always: { true },
        success: { it == 'SUCCESS' },
        unstable: { it == 'UNSTABLE' },
        failure: { it == 'FAILURE' },
        unsuccessful: { it != 'SUCCESS' },
        cleanup: { true },
    ]

    private static final GroovyClassLoader LOADER = new GroovyClassLoader()
    static {
        LOADER.parseClass('@interface Library { String[] value() }')
    }

    /** The steps taken, in order: name, arguments and the environment in force. */
    final List<Map> steps = []
    /** What a step returns or throws, by name: a closure that gets the step's arguments. */
    final Map<String, Closure> answers = [sh: { 0 }, junit: { [totalCount: 1, failCount: 0] }]
    final Map<String, String> env = [:]
    final Map<String, Object> params = [:]
    /** What scripts see of the build and, by previousBuild, of the ones before it. */
    final Map<String, Object> currentBuild = [previousBuild: null]
    String result = 'SUCCESS'
    /** What ended the build, if anything did. */
    Exception failure
    /** Whether the condition of the present stage holds. */
    private boolean wanted = true

    /** Calls jenkins/vars/NAME.groovy as a step of a pipeline does; returns what it returns. */
    Object step(String name, Object... args) {
        Object value = null
        attempt { value = load(new File(VARS, "${name}.groovy")).call(*args) }
        return value
    }

    /** Runs a whole Jenkinsfile. */
    void pipeline(String text) {
        pipeline(LOADER.parseClass(text, 'Jenkinsfile').newInstance())
    }

    void pipeline(Script script) {
        attempt { prepare(script).run() }
    }

    List<String> names() {
        return steps*.name
    }

    /** The arguments of the only step of this name. */
    Object only(String name) {
        List<Map> found = steps.findAll { it.name == name }
        assert found.size() == 1 : "${name} was taken ${found.size()} times"
        return found[0].args[0]
    }

    Script load(File file) {
        return prepare(LOADER.parseClass(file).newInstance())
    }

    private Script prepare(Script script) {
        script.binding = new Binding(env: env, params: params, currentBuild: currentBuild, any: 'any')
        script.metaClass.methodMissing = { String name, Object args -> take(name, args as List) }
        return script
    }

    private Object take(String name, List args) {
        if (name in DIRECTIVES || name in POST.keySet() && args.grep(Closure)) {
            return direct(name, args)
        }
        if (name in STEPS) {
            steps << [name: name, args: args, env: new LinkedHashMap(env)]
            return answer(name, args)
        }
        File var = new File(VARS, "${name}.groovy")
        if (!var.exists()) {
            throw new NoSuchMethodException("there is no step ${name}")
        }
        return load(var).call(*args)
    }

    private Object answer(String name, List args) {
        switch (name) {
            case 'error':
                throw new BuildError(args[0].toString())
            case 'unstable':
                worsen('UNSTABLE')
                return null
            case 'catchError':
                return caught(args[0], args[1])
            case 'withEnv':
                return within(args[0], args[1])
            case 'withCredentials':
                return within(args[0]*.credentialsId.collect { "BOUND=${it}".toString() }, args[1])
            default:
                return answers[name]?.call(*args)
        }
    }

    private Object direct(String name, List args) {
        Closure block = args.grep(Closure)[0]
        switch (name) {
            case ['string', 'text', 'booleanParam']:
                return params.putIfAbsent(args[0].name, args[0].defaultValue)
            case 'environment':
                block.delegate = env
                block.resolveStrategy = Closure.DELEGATE_FIRST
                return block()
            case 'changeRequest':
                return env.CHANGE_ID != null
            case 'stage':
                wanted = true
                return failure ? null : block()
            case 'when':
                return wanted = block()
            case 'steps':
                return wanted ? attempt(block) : null
            case POST.keySet():
                return POST[name](result) ? attempt(block) : null
            default:
                return block?.call()
        }
    }

    private void attempt(Closure block) {
        try {
            block()
        } catch (Exception trouble) { // groovylint-disable-line CatchException
            failure = failure ?: trouble
            worsen('FAILURE')
        }
    }

    /** The build goes on, with a result that is no better than buildResult. */
    private Object caught(Map settings, Closure block) {
        Object value = null
        try {
            value = block()
        } catch (Exception trouble) { // groovylint-disable-line CatchException
            worsen(settings.buildResult)
        }
        return value
    }

    private Object within(List<String> settings, Closure block) {
        Map<String, String> before = new LinkedHashMap(env)
        settings.each { env.put(*it.split('=', 2)) }
        try {
            return block()
        } finally {
            env.clear()
            env.putAll(before)
        }
    }

    private void worsen(String to) {
        List<String> order = ['SUCCESS', 'UNSTABLE', 'FAILURE']
        result = order[Math.max(order.indexOf(result), order.indexOf(to))]
    }

    static class BuildError extends Exception {
        BuildError(String message) {
            super(message)
        }
    }
}
