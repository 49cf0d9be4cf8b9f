import Foundation
import PomonaEngine

// The terminal sends Ctrl-C to every process of a command; the one that was called decides what it means.
signal(SIGINT, SIG_IGN)
signal(SIGPIPE, SIG_IGN)

if let text = ProcessInfo.processInfo.environment[EngineLocation.nicenessVariable], let niceness = Int32(text) {
    _ = nice(niceness)
}

if let command = try FoundationCommand(CommandLine.arguments) {
    try command.run()
} else {
    let input = InputLines()
    let termination = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
    signal(SIGTERM, SIG_IGN)
    termination.setEventHandler { input.stop() }
    termination.resume()
    EngineService(input: input, output: EventWriter()).run()
}
