import Foundation
import PomonaEngine

// The terminal sends Ctrl-C to every process of a command; the one that was called decides what it means.
signal(SIGINT, SIG_IGN)
signal(SIGPIPE, SIG_IGN)

if let text = ProcessInfo.processInfo.environment[EngineLocation.nicenessVariable], let niceness = Int32(text) {
    _ = nice(niceness)
}

// Beyond what the machine has, an operation fails in words; without the limit the system would kill some process, which may
// be the server.
let memory = ProcessInfo.processInfo.physicalMemory
var limit = rlimit(rlim_cur: rlim_t(memory / 10 * 9), rlim_max: rlim_t(memory / 10 * 9))
setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)

if FoundationCommand.isMeant(by: CommandLine.arguments) {
    exit(FoundationCommand.status(CommandLine.arguments))
} else {
    let input = InputLines()
    let termination = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
    signal(SIGTERM, SIG_IGN)
    termination.setEventHandler { input.stop() }
    termination.resume()
    EngineService(input: input, output: EventWriter()).run()
}
