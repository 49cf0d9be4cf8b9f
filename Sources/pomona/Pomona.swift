import ArgumentParser
import Foundation
import PomonaCore

/// The command line.
@main
struct Pomona: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pomona",
        abstract: "Label photos, train object detectors and use them, all on your own machine.",
        version: "pomona \(ProgramVersion.current)",
        subcommands: [
            ServeCommand.self, GroupCommand.self, StorageCommand.self, DatasetCommand.self, ModelCommand.self,
            LabelCommand.self, JobCommand.self, BackupCommand.self, RestoreCommand.self, VerifyCommand.self,
            TrainCommand.self,
            EvaluateCommand.self, PredictCommand.self, ExportCommand.self,
            FoundationCommand.self, COCOCommand.self, SampleCommand.self, DemoCommand.self, DoctorCommand.self,
            PredictorCommand.self,
        ])

    static func main() async {
        // A reader that goes away (`pomona ... | head`) must not look like a crash.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as any PomonaError {
            Terminal.error(error)
            Foundation.exit(error.kind.exitStatus)
        } catch {
            exit(withError: error)
        }
    }
}
