import Foundation
import PomonaCOCO
import PomonaImaging
import PomonaJobs
import PomonaSample
import PomonaStore
import Synchronization

/// Renders the sample photos and puts them into a group's containers; the training photos come without labels.
struct SampleHandler: JobHandler {
    let store: Store

    private struct Stopped: Error {}

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(SamplePayload.self)
        let folder = context.folder.appending(path: "sample")
        do { try await render(into: folder, seed: payload.seed, context) } catch is Stopped { return .cancelled }
        for name in [
            ExerciseSample.trainingFolder, ExerciseSample.evaluationFolder, ExerciseSample.testFolder,
        ] {
            let address = ContainerAddress(account: payload.account, name: name)
            do { try await store.blobs.createContainer(address, metadata: [:], publicAccess: .none) } catch BlobError
                .containerExists
            {
                // An earlier run of this job made it.
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
            for file in files.sorted() {
                let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name).appending(path: file)))
                let type = file.hasSuffix(".json") ? "application/json" : "image/jpeg"
                try await store.blobs.put(
                    BlobAddress(container: address, name: file), bytes,
                    BlobUpload(headers: BlobHeaders(contentType: type)))
            }
            if context.isStopping { return .cancelled }
        }
        return .succeeded
    }

    /// Rendering takes a while and blocks, so it has a thread of its own.
    private func render(into folder: URL, seed: UInt64, _ context: JobContext) async throws {
        let reports = AsyncStream.makeStream(of: JobProgress.self, bufferingPolicy: .bufferingNewest(1))
        async let reporting: Void = {
            for await progress in reports.stream { try? await context.report(progress) }
        }()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                let sample = ExerciseSample(
                    jpegEncoder: { try $0.encoded(as: .jpeg(quality: 92)) },
                    labelWriter: { set, file in try COCOWriter().write(COCODocument(set), to: file.path) })
                let result = Result {
                    _ = try sample.write(to: folder, seed: seed) { progress in
                        if context.isStopping { throw Stopped() }
                        reports.continuation.yield(
                            JobProgress(
                                fraction: Double(progress.finishedPhotos) / Double(max(1, progress.totalPhotos)),
                                detail: "photo \(progress.finishedPhotos) of \(progress.totalPhotos)"))
                    }
                }
                reports.continuation.finish()
                continuation.resume(with: result)
            }
        }
        await reporting
    }
}
