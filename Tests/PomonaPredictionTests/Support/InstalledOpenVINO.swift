import Foundation
import PomonaPrediction
import Testing

/// The OpenVINO of this project's folder, or the one that OPENVINO names.
enum InstalledOpenVINO {
    static let found: Result<OpenVINORuntime, any Error> = Result {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        return try OpenVINORuntime.find(programFolder: root)
    }
    static var isPresent: Bool { (try? found.get()) != nil }
    static let absence: Comment = "OpenVINO is not here (scripts/fetch-openvino.sh, or OPENVINO)"
    static let dataAbsence: Comment = "the shared weights and photos are not here (POMONA_SHARED)"
}
