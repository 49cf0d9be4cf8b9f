import Foundation

/// Writes weights files that any safetensors reader opens.
public enum SafetensorsWriter {
    /// Writes tensors and texts to a file, which appears complete or not at all.
    ///
    /// - Parameters:
    ///   - tensors: In the order their bytes shall stand.
    ///   - path: Where the file goes; an older one there is replaced.
    /// - Throws: ``SafetensorsError/notWritten(path:reason:)``, for instance on a full disk.
    public static func write(
        _ tensors: [(name: String, tensor: HostTensor)], metadata: [String: String], to path: String
    ) throws {
        var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
        var offset = 0
        for (name, tensor) in tensors {
            header[name] = [
                "dtype": tensor.elementType.rawValue, "shape": tensor.shape,
                "data_offsets": [offset, offset + tensor.bytes.count],
            ]
            offset += tensor.bytes.count
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        // Readers may map the tensors in place, so they start at a multiple of 8.
        json.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8))
        let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }

        let temporary = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw CocoaError(.fileWriteNoPermission)
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            defer { try? handle.close() }
            try handle.write(contentsOf: length)
            try handle.write(contentsOf: json)
            for (_, tensor) in tensors { try handle.write(contentsOf: tensor.bytes) }
            try handle.synchronize()
            guard rename(temporary, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } catch {
            unlink(temporary)
            throw SafetensorsError.notWritten(path: path, reason: error.localizedDescription)
        }
    }
}
