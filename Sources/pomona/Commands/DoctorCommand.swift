import ArgumentParser
import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is installed, what is missing and how to get it.")

    func run() async throws {
        Terminal.print("pomona       \(ProgramVersion.current)")
        Terminal.print("cores        \(ProcessInfo.processInfo.activeProcessorCount)")
        Terminal.print("libvips      \(ImagingLibrary.vipsVersion ?? "missing: apt-get install libvips-dev")")
        for line in OpenVINODiagnosis().lines { Terminal.print(line) }
        let location: EngineLocation
        do { location = try EngineLocation.find() } catch let error as EngineError {
            Terminal.print("engine       missing: \(error.message)")
            throw error
        }
        Terminal.print("engine       \(location.path)")
        do {
            guard case .diagnosis(let diagnosis) = try await EngineProcess(location).answer(to: .doctor) else { return }
            Terminal.print("libtorch     \(diagnosis.torchVersion)")
            Terminal.print(
                "device       \(diagnosis.hasCUDA ? "CUDA" : "CPU") "
                    + (diagnosis.hasCUDA
                        ? "" : "(for a GPU build with LIBTORCH naming the folder of a libtorch with CUDA)"))
            Terminal.print("threads      \(diagnosis.threads)")
        } catch let error as EngineError {
            Terminal.print("libtorch     does not load: \(error.message)")
            Terminal.print("             install it: apt-get install libtorch-dev, then build again")
            throw error
        }
        Terminal.print(
            "tcmalloc     "
                + (location.hasAllocator
                    ? "found"
                    : "missing; training is about a sixth faster with it: apt-get install libtcmalloc-minimal4"))
    }
}
