import PomonaPrediction

/// What `doctor` says of OpenVINO: which one there is, or what its absence costs and how to get it.
struct OpenVINODiagnosis {
    let lines: [String]

    init() {
        do {
            let runtime = try OpenVINORuntime.find()
            lines = ["OpenVINO     \(runtime.version) in \(runtime.libraryFolder)"]
        } catch let error as OpenVINOError {
            let state = error.code == "openVINOMissing" ? "missing" : "unusable"
            // Measured on two cores with the smallest detector; see Benchmarks/prediction.
            lines =
                [
                    "OpenVINO     \(state): \(error.message)",
                    "             Predictions go through libtorch instead: each command starts 0.6 s later and takes",
                    "             160 MB more, and a photo takes about three times as long.",
                ] + (error.hint.map { ["             \($0)"] } ?? [])
        } catch {
            lines = ["OpenVINO     unusable: \(error)"]
        }
    }
}
