import Foundation
import PomonaCOCO
import Synchronization

/// A label file that was read. It is judged, and its photos are found, once, however many ask: a report, an import and the
/// dataset's list of photos all need both, and for 860,000 boxes they take about as long as the reading.
public final class LabelFile: Sendable {
    private struct Judgement {
        var validation: COCOValidation
        var labels: COCOLabels?
    }

    private struct Search {
        var contents: ContainerContents
        var photos: [FoundPhoto?]
    }

    let file: COCOFile
    private let judgements = Mutex<[COCOKind: Judgement]>([:])
    private let search = Mutex<Search?>(nil)

    init(_ file: COCOFile) {
        self.file = file
    }

    var document: COCODocument { file.document }

    func validation(_ kind: COCOKind) -> COCOValidation {
        // Whoever asks meanwhile would do the same work, and waits.
        judgements.withLock { Self.judgement(file, kind, &$0).validation }
    }

    func check(_ kind: COCOKind) -> COCOReport { COCOCheck.run(file, validation: validation(kind)) }

    /// - Throws: `COCOError.invalid` with everything that is wrong with them.
    func labels(_ kind: COCOKind) throws -> COCOLabels {
        try judgements.withLock { known in
            let judgement = Self.judgement(file, kind, &known)
            if let labels = judgement.labels { return labels }
            let labels = try file.labels(judgement.validation)
            known[kind]?.labels = labels
            return labels
        }
    }

    private static func judgement(
        _ file: COCOFile, _ kind: COCOKind, _ known: inout [COCOKind: Judgement]
    ) -> Judgement {
        if let judgement = known[kind] { return judgement }
        let judgement = Judgement(validation: file.validate(kind: kind))
        known[kind] = judgement
        return judgement
    }

    /// What was found in a container for each image, where it was this state of it that was searched last.
    func photos(foundIn contents: ContainerContents) -> [FoundPhoto?]? {
        search.withLock { $0?.contents === contents ? $0?.photos : nil }
    }

    /// Keeps what was found in a container, and nowhere else.
    func keep(_ photos: [FoundPhoto?], foundIn contents: ContainerContents) {
        search.withLock { $0 = Search(contents: contents, photos: photos) }
    }
}

/// A label file's bytes under the name that messages call it.
struct LabelFileKey: Hashable {
    var name: String
    var sha256: Data
}
