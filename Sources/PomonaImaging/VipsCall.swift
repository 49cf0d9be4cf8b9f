import CVips

/// A call into CVips: its status and its message become a value or an error.
enum VipsCall {
    struct Failure: Error {
        enum Cause { case failed, unsupported, outOfMemory, notStarted }

        var cause: Cause
        var reason: String
    }

    /// Runs a call that takes a buffer for the message and returns a status.
    static func run(_ call: (UnsafeMutablePointer<CChar>, Int64) -> Int32) throws(Failure) {
        let capacity = 1024
        let outcome: Failure? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let message = buffer.baseAddress else { return nil }
            let status = call(message, Int64(capacity))
            return cause(of: status).map { Failure(cause: $0, reason: sentence(from: String(cString: message))) }
        }
        if let outcome { throw outcome }
    }

    private static func cause(of status: Int32) -> Failure.Cause? {
        switch Int(status) {
        case Int(CVIPS_OK): nil
        case Int(CVIPS_UNSUPPORTED): .unsupported
        case Int(CVIPS_OUT_OF_MEMORY): .outOfMemory
        case Int(CVIPS_NOT_STARTED): .notStarted
        default: .failed
        }
    }

    /// libvips writes lines such as `VipsJpeg: premature end of JPEG image`, some of them twice. The operation's name
    /// means nothing to the person who reads it.
    static func sentence(from text: String) -> String {
        var parts: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var part = line
            if let colon = line.firstIndex(of: ":"),
                line[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            {
                part = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            }
            if !part.isEmpty, !parts.contains(part) { parts.append(part) }
        }
        return parts.isEmpty ? "no reason was given" : parts.joined(separator: "; ")
    }
}

/// The library that decodes photos, for reports about the installation.
public enum ImagingLibrary {
    /// The version of libvips in use, for example `8.14.1`; `nil` where there is none.
    public static var vipsVersion: String? {
        let version = String(cString: cvips_version())
        return version.isEmpty ? nil : version
    }
}
