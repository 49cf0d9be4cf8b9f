import PomonaCore

/// Reads YOLO's text files, with the names of the classes from `data.yaml`, `classes.txt` or `obj.names`.
enum YOLOReader {
    /// - Throws: ``ImportError`` where the names of the classes are nowhere.
    static func read(_ files: [ImportFile], archive: String) throws -> ImportedLabels {
        let names = try classNames(files, archive)
        var labels = ImportedLabels()
        for file in files where isLabelFile(file.name) {
            do {
                let text = try file.text()
                labels.photos.append(
                    ImportedLabels.Photo(
                        source: file.name, name: PhotoNames.lastPart(of: PhotoNames.stem(of: file.name)), size: nil,
                        labels: try text.split(whereSeparator: \.isNewline).enumerated().compactMap { number, line in
                            try label(line, number + 1, names, file.name)
                        }))
            } catch let error as any PomonaError {
                labels.refused.append(ImportedLabels.Refusal(file: file.name, message: error.message))
            }
        }
        return labels
    }

    private static func isLabelFile(_ name: String) -> Bool {
        let last = PhotoNames.lastPart(of: name).lowercased()
        return last.hasSuffix(".txt")
            && !["classes.txt", "train.txt", "val.txt", "valid.txt", "test.txt"].contains(last)
    }

    private static func label(
        _ line: Substring, _ number: Int, _ names: [Int: String], _ file: String
    ) throws -> ImportedLabels.Label? {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return nil }
        let values = words.dropFirst().prefix(4).compactMap { Double($0) }
        guard let index = Int(words[0]), values.count == 4, values.allSatisfy(\.isFinite) else {
            throw ImportError.unreadable(
                file: file, reason: "line \(number) is not a class with four fractions, but \"\(line.prefix(60))\"")
        }
        guard let name = names[index] else {
            throw ImportError.unreadable(
                file: file, reason: "line \(number) has the class \(index), and the classes are 0 to \(names.count - 1)"
            )
        }
        let (x, y, width, height) = (values[0], values[1], values[2], values[3])
        return ImportedLabels.Label(
            tag: name,
            box: Box(xMin: x - width / 2, yMin: y - height / 2, xMax: x + width / 2, yMax: y + height / 2),
            isInFractions: true, confidence: words.count > 5 ? Double(words[5]) : nil)
    }

    private static func classNames(_ files: [ImportFile], _ archive: String) throws -> [Int: String] {
        for file in files {
            let last = PhotoNames.lastPart(of: file.name).lowercased()
            if last.hasSuffix(".yaml") || last.hasSuffix(".yml") {
                let names = yamlNames(try file.text())
                if !names.isEmpty { return names }
            }
        }
        for file in files {
            let last = PhotoNames.lastPart(of: file.name).lowercased()
            guard last == "classes.txt" || last.hasSuffix(".names") else { continue }
            let lines = try file.text().split(whereSeparator: \.isNewline).map { trimmed($0) }.filter { !$0.isEmpty }
            return Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($0, $1) })
        }
        throw ImportError.unreadable(
            file: archive, reason: "neither data.yaml nor classes.txt says what its classes are called")
    }

    /// The list `names` in the three ways that it is written: `[a, b]`, lines `- a`, lines `0: a`.
    private static func yamlNames(_ text: String) -> [Int: String] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("names:") }) else { return [:] }
        let rest = trimmed(lines[start].dropFirst("names:".count))
        if rest.hasPrefix("["), let end = rest.lastIndex(of: "]") {
            let items = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").map { unquoted($0) }
            return Dictionary(uniqueKeysWithValues: items.enumerated().map { ($0, $1) })
        }
        var names: [Int: String] = [:]
        for line in lines[(start + 1)...] {
            let item = trimmed(line)
            if item.isEmpty || item.hasPrefix("#") { continue }
            if item.hasPrefix("- ") {
                names[names.count] = unquoted(item.dropFirst(2))
            } else if line.first?.isWhitespace == true, let colon = item.firstIndex(of: ":"),
                let index = Int(item[..<colon])
            {
                names[index] = unquoted(item[item.index(after: colon)...])
            } else {
                break
            }
        }
        return names
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func unquoted(_ text: some StringProtocol) -> String {
        let plain = trimmed(text)
        guard plain.count >= 2, let quote = plain.first, quote == plain.last, quote == "\"" || quote == "'" else {
            return plain
        }
        let inner = String(plain.dropFirst().dropLast())
        return quote == "\"" ? inner.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\") : inner
    }
}
