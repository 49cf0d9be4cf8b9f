import Foundation
import PomonaCore
public import PomonaImaging
public import PomonaStore

/// What an import brought about.
public struct ImportResult: Hashable, Sendable {
    public struct Refusal: Hashable, Sendable {
        public var file: String
        public var message: String
    }

    public var photos = 0
    public var annotations = 0
    public var categoriesAdded: [String] = []

    /// What was left out, and why; at most ``refusalLimit``.
    public var refused: [Refusal] = []

    static let refusalLimit = 1_000
}

extension LabelingService {
    /// What imported labels become.
    public enum ImportRole: String, Codable, CaseIterable, Sendable {
        /// They count as submitted.
        case labels
        /// A person accepts or mends them.
        case suggestions
    }

    /// Takes labels that were made elsewhere. Photos that a person has labeled already stay as they are; categories that
    /// the project does not have are added.
    ///
    /// - Parameter name: of the file, for messages.
    /// - Throws: ``ImportError``, `COCOError`, `StoreError`. Then nothing has changed.
    public func importLabels(
        _ bytes: [UInt8], named name: String, _ format: ImportFormat, as role: ImportRole,
        into id: LabelingProject.ID, by person: PersonName
    ) async throws -> ImportResult {
        let project = try await catalog.project(id)
        let read = try read(bytes, named: name, format, kind: project.kind)
        var result = ImportResult()
        result.refused = read.refused.map { ImportResult.Refusal(file: $0.file, message: $0.message) }
        let finder = TaskFinder(try await catalog.tasks(in: id).tasks)
        var found: [(task: LabelingTask, photo: ImportedLabels.Photo)] = []
        for photo in read.photos {
            guard let task = finder.task(named: photo.name) else {
                result.refuse(photo.source, "there is no photo \"\(photo.name)\" in the project")
                continue
            }
            guard task.state.isQueued else {
                result.refuse(photo.source, "\"\(task.name)\" is \(task.state.words), and a person's labels stay")
                continue
            }
            found.append((task, photo))
        }
        if found.isEmpty, let first = read.photos.first, finder.isWithout(read.photos.map(\.name)) {
            throw ImportError.nothingFits(file: name, first: first.name)
        }
        let categories = try await categories(for: found.flatMap(\.photo.labels), in: project, &result)
        var lists: [LabelingTask.ID: [TaskAnnotation]] = [:]
        for (task, photo) in found {
            do { lists[task.id] = try annotations(of: photo, for: task, project, categories, &result) } catch let error
                as ImportError
            { result.refuse(photo.source, error.message) }
        }
        try await keep(lists, as: role, in: id, by: person, &result)
        return result
    }

    private func keep(
        _ lists: [LabelingTask.ID: [TaskAnnotation]], as role: ImportRole, in project: LabelingProject.ID,
        by person: PersonName, _ result: inout ImportResult
    ) async throws {
        var taken = Set(lists.keys)
        switch role {
        case .suggestions:
            taken = try await catalog.importSuggestions(
                lists.mapValues { list in
                    list.map {
                        TaskSuggestion(id: $0.id, category: $0.category, box: $0.box, confidence: $0.confidence ?? 1)
                    }
                }, in: project, by: person.id)
        case .labels:
            let change = TaskChange(
                edit: UUID().uuidString.lowercased(), person: person, baseRevision: nil, action: .imported)
            // Numbers of those that refused, as JSON.
            let refused = try await catalog.changeTasks(
                lists.keys.sorted(), matching: TaskQuery(), in: project, change,
                { task, scene in
                    guard task.state.isQueued else {
                        throw LabelingError.wrongState(task.state, photo: task.name, action: "imported into")
                    }
                    task.takeImported(lists[task.id] ?? [], by: person, &scene)
                },
                answer: { _, refused in
                    String(decoding: try JSONEncoder().encode(refused.map(\.0.rawValue)), as: UTF8.self)
                })
            for row in try JSONDecoder().decode([Int64].self, from: Data(refused.utf8)) {
                taken.remove(LabelingTask.ID(rawValue: row))
            }
        }
        result.photos = taken.count
        result.annotations = taken.reduce(0) { $0 + (lists[$1]?.count ?? 0) }
    }

    /// The project's categories by the names that labels have, with those added that it does not have.
    private func categories(
        for labels: [ImportedLabels.Label], in project: LabelingProject, _ result: inout ImportResult
    ) async throws -> [String: LabelCategory.ID] {
        var categories: [String: LabelCategory.ID] = [:]
        for category in project.categories.reversed() {
            categories[category.name.lowercased()] = category.id
        }
        for category in project.categories { categories[category.name] = category.id }
        var known: [String: LabelCategory.ID] = [:]
        var count = project.categories.count
        var keys = (1...9).map(String.init).filter { key in !project.categories.contains { $0.hotkey == key } }
        for label in labels where known[label.tag] == nil {
            if let id = categories[label.tag] ?? categories[label.tag.lowercased()] {
                known[label.tag] = id
                continue
            }
            do {
                known[label.tag] = try await catalog.addCategory(
                    named: label.tag, color: LabelPalette.color(forLabel: count).hexadecimal,
                    hotkey: keys.first, to: project.id)
                keys = Array(keys.dropFirst())
                result.categoriesAdded.append(label.tag)
                count += 1
            } catch StoreError.invalidName(_, let name, let reason) {
                result.refuse(label.tag, "\"\(name)\" cannot be a category: \(reason)")
            }
        }
        return known
    }

    private func annotations(
        of photo: ImportedLabels.Photo, for task: LabelingTask, _ project: LabelingProject,
        _ categories: [String: LabelCategory.ID], _ result: inout ImportResult
    ) throws -> [TaskAnnotation] {
        var annotations: [TaskAnnotation] = []
        for label in photo.labels {
            guard let category = categories[label.tag] else { continue }
            let id = UUID().uuidString.lowercased()
            if project.kind == .imageClassification {
                guard annotations.isEmpty else {
                    result.refuse(photo.source, "a second tag, \"\(label.tag)\", was left out")
                    continue
                }
                annotations.append(
                    TaskAnnotation(
                        id: id, category: category, box: nil, origin: .import, confidence: label.confidence))
                continue
            }
            guard let box = try label.box(in: task.size, as: photo.size, source: photo.source) else {
                result.refuse(photo.source, "\"\(label.tag)\" has no box within the photo")
                continue
            }
            annotations.append(
                TaskAnnotation(id: id, category: category, box: box, origin: .import, confidence: label.confidence))
        }
        return annotations
    }
}

extension ImportResult {
    fileprivate mutating func refuse(_ file: String, _ message: String) {
        guard refused.count < Self.refusalLimit else { return }
        refused.append(Refusal(file: file, message: message))
    }
}

extension ImportedLabels.Label {
    /// How far two photos' shapes may differ before they are two photos.
    private static let shapeTolerance = 0.02

    /// The box in pixels of the photo as it is here, scaled from how the file knows it; `nil` where there is none within.
    fileprivate func box(in size: ImageSize, as fileSize: ImageSize?, source: String) throws -> Box? {
        guard let box, [box.xMin, box.yMin, box.xMax, box.yMax].allSatisfy(\.isFinite) else { return nil }
        var (x, y) = (1.0, 1.0)
        if isInFractions {
            (x, y) = (Double(size.width), Double(size.height))
        } else if let fileSize, fileSize != size {
            (x, y) = (Double(size.width) / Double(fileSize.width), Double(size.height) / Double(fileSize.height))
            guard abs(x / y - 1) <= Self.shapeTolerance else {
                throw ImportError.unreadable(
                    file: source, reason: "it speaks of a photo of \(fileSize), and this one is \(size)")
            }
        }
        let scaled = Box(xMin: box.xMin * x, yMin: box.yMin * y, xMax: box.xMax * x, yMax: box.yMax * y)
        let clipped = scaled.clipped(to: size)
        return clipped.width >= 0.5 && clipped.height >= 0.5 ? clipped : nil
    }
}

extension LabelingTask {
    /// Labels that were made elsewhere count as submitted.
    fileprivate mutating func takeImported(
        _ list: [TaskAnnotation], by person: PersonName, _ scene: inout TaskScene
    ) {
        annotations = list
        suggestions = []
        state = .submitted
        submittedBy = person
        submittedAt = scene.time
        review = nil
        scene.endsLease = true
    }
}

extension RGBColor {
    /// Such as `#e0533d`.
    public var hexadecimal: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Finds a project's photos by the names that label files give them.
private struct TaskFinder {
    private var byName: [String: LabelingTask] = [:]

    /// By the last part of the name, and by that without its ending; `nil` where several share it.
    private var byPart: [String: LabelingTask?] = [:]

    init(_ tasks: [LabelingTask]) {
        for task in tasks {
            byName[task.name] = task
            let last = PhotoNames.lastPart(of: task.name)
            for part in Set([last, PhotoNames.stem(of: last)]) {
                byPart[part] = byPart.keys.contains(part) ? .some(nil) : task
            }
        }
    }

    func task(named name: String) -> LabelingTask? {
        if let task = byName[name] { return task }
        let last = PhotoNames.lastPart(of: name)
        if let task = byPart[last] { return task }
        return byPart[PhotoNames.stem(of: last)] ?? nil
    }

    /// Whether it knows none of the names.
    func isWithout(_ names: [String]) -> Bool { names.allSatisfy { task(named: $0) == nil } }
}
