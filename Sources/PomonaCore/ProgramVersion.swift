/// The version of this program, as it stands in CHANGELOG.md.
public enum ProgramVersion {
    public static let current = "0.1.0"
}
