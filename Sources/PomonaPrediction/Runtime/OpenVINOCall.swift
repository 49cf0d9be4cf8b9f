import COpenVINO

/// A call into COpenVINO: its status and its message become a value or an error.
enum OpenVINOCall {
    struct Failure: Error {
        enum Cause { case failed, notOpened, noSymbol, outOfMemory }

        var cause: Cause
        var reason: String
    }

    /// Runs a call that takes a buffer for the message and returns a status.
    static func run(_ call: (UnsafeMutablePointer<CChar>, Int64) -> Int32) throws(Failure) {
        let capacity = 4096
        let outcome: Failure? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let message = buffer.baseAddress else { return nil }
            message.pointee = 0
            let status = call(message, Int64(capacity))
            return cause(of: status).map { Failure(cause: $0, reason: sentence(from: String(cString: message))) }
        }
        if let outcome { throw outcome }
    }

    private static func cause(of status: Int32) -> Failure.Cause? {
        switch Int(status) {
        case Int(COPENVINO_OK): nil
        case Int(COPENVINO_NOT_OPENED): .notOpened
        case Int(COPENVINO_NO_SYMBOL): .noSymbol
        case Int(COPENVINO_OUT_OF_MEMORY): .outOfMemory
        default: .failed
        }
    }

    /// OpenVINO's messages begin with the place in its sources, line by line; what went wrong stands last.
    static func sentence(from text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix { $0 == " " || $0 == "\t" } }
        let telling = lines.filter { !$0.isEmpty && !$0.hasPrefix("Exception from ") && !$0.hasPrefix("Check '") }
        let sentence = (telling.isEmpty ? lines.filter { !$0.isEmpty } : telling).joined(separator: "; ")
        return sentence.isEmpty ? "no reason was given" : String(sentence.prefix(600))
    }
}
