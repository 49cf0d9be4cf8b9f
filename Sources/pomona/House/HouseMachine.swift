import Foundation
import PomonaAPI
import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaStore
import Synchronization

/// Tells what this machine is. What needs the engine is asked once and remembered.
final class HouseMachine: MachineReporting {
    private let folder: DataFolder
    private let engine: EngineLocation?
    private let predictors: PredictorPool
    private let diagnosis = Mutex<Result<EngineDiagnosis, any Error>?>(nil)

    init(folder: DataFolder, engine: EngineLocation?, predictors: PredictorPool) {
        self.folder = folder
        self.engine = engine
        self.predictors = predictors
    }

    func about() async throws -> MachineReport {
        let engine = try? await diagnose()
        let openVINO = await predictors.openVINOVersion()
        let values = try? folder.url.resourceValues(forKeys: [.volumeAvailableCapacityKey])
        return MachineReport(
            platform: Self.platform, dataFolder: folder.path, dataBytes: Self.bytes(in: folder.url),
            freeBytes: Int64(values?.volumeAvailableCapacity ?? 0),
            device: MachineReport.Device(
                name: engine?.hasCUDA == true ? "cuda" : "cpu",
                threads: engine?.threads ?? ProcessInfo.processInfo.activeProcessorCount,
                memoryBytes: Int64(ProcessInfo.processInfo.physicalMemory)),
            components: [
                .init(name: "libtorch", version: engine?.torchVersion, purpose: "training"),
                .init(name: "OpenVINO", version: openVINO, purpose: "prediction"),
                .init(name: "libvips", version: ImagingLibrary.vipsVersion, purpose: "photos"),
            ])
    }

    func doctor() async throws -> [MachineCheck] {
        var checks: [MachineCheck] = []
        do {
            let found = try await diagnose()
            checks.append(
                MachineCheck(
                    title: "libtorch", state: .good, message: "Version \(found.torchVersion) trains the models."))
            checks.append(
                MachineCheck(
                    title: "GPU", state: .good,
                    message: found.hasCUDA
                        ? "Training runs on the GPU."
                        : "None is used; training runs on \(found.threads) processor threads.",
                    hint: found.hasCUDA ? nil : "For a GPU, build with LIBTORCH naming a libtorch that has CUDA."))
        } catch {
            let words = (error as? any PomonaError)?.message ?? "\(error)"
            checks.append(
                MachineCheck(
                    title: "libtorch", state: .bad, message: words, hint: "Install it: apt-get install libtorch-dev."))
        }
        if let version = await predictors.openVINOVersion() {
            checks.append(MachineCheck(title: "OpenVINO", state: .good, message: "Version \(version) predicts."))
        } else {
            checks.append(
                MachineCheck(
                    title: "OpenVINO", state: .warning,
                    message: "Not found; predictions run through libtorch, three times slower.",
                    hint: "Fetch it: bash scripts/fetch-openvino.sh."))
        }
        checks.append(
            MachineCheck(
                title: "Memory allocator", state: engine?.hasAllocator == true ? .good : .warning,
                message: engine?.hasAllocator == true
                    ? "tcmalloc is used." : "tcmalloc is missing; training is a sixth slower.",
                hint: engine?.hasAllocator == true ? nil : "Install it: apt-get install libtcmalloc-minimal4."))
        return checks
    }

    private func diagnose() async throws -> EngineDiagnosis {
        if let known = diagnosis.withLock({ $0 }) { return try known.get() }
        let result: Result<EngineDiagnosis, any Error>
        do {
            guard
                case .diagnosis(let found) = try await EngineProcess((engine ?? EngineLocation.find()).polite).answer(
                    to: .doctor)
            else {
                throw EngineError.unexpected("no diagnosis")
            }
            result = .success(found)
        } catch {
            result = .failure(error)
        }
        diagnosis.withLock { $0 = result }
        return try result.get()
    }

    private static var platform: String {
        #if arch(x86_64)
            "Linux x86_64"
        #elseif arch(arm64)
            "Linux arm64"
        #else
            "Linux"
        #endif
    }

    private static func bytes(in folder: URL) -> Int64 {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey]) else {
            return 0
        }
        var sum: Int64 = 0
        for case let file as URL in files {
            sum += Int64((try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
        return sum
    }
}
