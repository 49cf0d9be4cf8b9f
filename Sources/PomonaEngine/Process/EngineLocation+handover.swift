import Foundation

extension EngineLocation {
    /// Replaces this program by the engine, for work that a person watches directly, such as a pretraining of many hours.
    ///
    /// - Returns: Why it could not be started; otherwise this does not return.
    public func handOver(to arguments: [String]) -> EngineError {
        for (name, value) in variables { setenv(name, value, 1) }
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        execv(path, words)
        let reason = String(cString: strerror(errno))
        for word in words { free(word) }
        return .unexpected("\(path) does not start: \(reason)")
    }
}
