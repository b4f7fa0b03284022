package criticalwindows.dataset;

/// What people should know of a data set before they use it, a line each.
///
/// @param name as given on the command line
/// @param about what it asks
/// @param size how many problems it has, for people: `1,000`, or `any number`
/// @param source who made it, or where it comes from
/// @param licence by its short name, such as Apache-2.0
public record Card(String name, String about, String size, String source, String licence) {}
