import COpenVINO
import Foundation

/// A network compiled for this machine's processor.
final class CompiledNetwork: Sendable {
    /// How messages call the network.
    let name: String
    // OpenVINO's compiled models may be used from any thread; nothing here changes the pointer.
    fileprivate nonisolated(unsafe) let model: OpaquePointer
    private let runtime: OpenVINORuntime

    /// - Parameter settings: By OpenVINO's names, set in order.
    /// - Throws: ``OpenVINOError/notCompiled(model:reason:)``.
    init(runtime: OpenVINORuntime, path: String, named name: String, settings: [(key: String, value: String)]) throws {
        var created: OpaquePointer?
        let copies = settings.map { (strdup($0.key), strdup($0.value)) }
        defer {
            copies.forEach {
                free($0); free($1)
            }
        }
        let properties = copies.map { copenvino_property(key: $0, value: $1) }
        do {
            try OpenVINOCall.run { message, capacity in
                properties.withUnsafeBufferPointer {
                    copenvino_compile(
                        runtime.library, path, $0.baseAddress, Int32($0.count), &created, message, capacity)
                }
            }
        } catch {
            throw OpenVINOError.notCompiled(model: name, reason: error.reason)
        }
        guard let created else { throw OpenVINOError.notCompiled(model: name, reason: "no reason was given") }
        model = created
        self.name = name
        self.runtime = runtime
    }

    deinit { copenvino_free_model(model) }

    /// A setting as OpenVINO took it; `nil` where it knows none of this name.
    func setting(_ key: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { value -> String? in
            guard let start = value.baseAddress else { return nil }
            let outcome = Result { () throws(OpenVINOCall.Failure) in
                try OpenVINOCall.run { copenvino_model_property(model, key, start, 256, $0, $1) }
            }
            return (try? outcome.get()).map { String(cString: start) }
        }
    }
}

/// Room for one run of a network at a time.
final class InferRequest {
    /// Where the input goes before each run.
    let input: UnsafeMutableBufferPointer<Float>
    private let request: OpaquePointer
    private let network: CompiledNetwork

    init(network: CompiledNetwork, input name: String) throws {
        var created: OpaquePointer?
        var values = copenvino_values()
        do {
            try OpenVINOCall.run { copenvino_new_request(network.model, name, &created, &values, $0, $1) }
        } catch {
            throw OpenVINOError.notCompiled(model: network.name, reason: error.reason)
        }
        guard let created else {
            throw OpenVINOError.notCompiled(model: network.name, reason: "no reason was given")
        }
        request = created
        input = UnsafeMutableBufferPointer(start: values.values, count: Int(values.count))
        self.network = network
    }

    deinit { copenvino_free_request(request) }

    /// Runs the network and waits.
    func run() throws(OpenVINOError) {
        do {
            try OpenVINOCall.run { copenvino_run(request, $0, $1) }
        } catch {
            throw .notRun(model: network.name, reason: error.reason)
        }
    }

    /// An output of the latest run, valid until the next.
    func output(_ name: String, count: Int) throws(OpenVINOError) -> UnsafeBufferPointer<Float> {
        var values = copenvino_values()
        do {
            try OpenVINOCall.run { copenvino_output(request, name, &values, $0, $1) }
        } catch {
            throw .notRun(model: network.name, reason: error.reason)
        }
        guard values.count == count else {
            throw .notRun(model: network.name, reason: "\(name) has \(values.count) values instead of \(count)")
        }
        return UnsafeBufferPointer(start: values.values, count: count)
    }
}
