using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nng.Tests.Architecture;

/// <summary>Writes the public surface of an assembly, one type or member a line, in a stable order.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(char)] = "char", [typeof(string)] = "string", [typeof(object)] = "object",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>The lines of all types that are visible outside the assembly.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    /// <summary>The lines of the given types.</summary>
    public static IEnumerable<string> Of(IEnumerable<Type> types)
    {
        foreach (Type type in types.OrderBy(type => Name(type), StringComparer.Ordinal))
        {
            yield return TypeLine(type);
            IEnumerable<string> members = typeof(Delegate).IsAssignableFrom(type)
                ? [MethodText(type.GetMethod("Invoke")!)]
                : type.GetMembers(Declared).SelectMany(MemberLines);
            foreach (string line in members.Order(StringComparer.Ordinal))
            {
                yield return line;
            }
        }
    }

    private static string TypeLine(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        List<string> bases = [];
        if (kind == "enum")
        {
            bases.Add(Name(type.GetEnumUnderlyingType()));
        }
        else if (kind != "delegate")
        {
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            {
                bases.Add(Name(parent));
            }

            bases.AddRange(type.GetInterfaces().Where(i => i.IsVisible).Select(i => Name(i)).Order(StringComparer.Ordinal));
        }

        string list = bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
        return $"public {kind} {Name(type)}{list}{Constraints(type.GetGenericArguments()[InheritedArguments(type)..])}";
    }

    private static IEnumerable<string> MemberLines(MemberInfo member)
    {
        string owner = Name(member.DeclaringType!);
        switch (member)
        {
            case FieldInfo field when IsVisible(field) && !field.IsSpecialName:
                yield return field.DeclaringType!.IsEnum
                    ? $"{owner}.{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
                    : Prefix(field.IsFamily, field.IsStatic && !field.IsLiteral) + $"{owner}.{field.Name} : "
                        + (field.IsLiteral ? $"const {Typed(field)} = {Constant(field.GetRawConstantValue())}" : Typed(field));
                break;
            case ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor):
                yield return Prefix(!constructor.IsPublic, false) + $"{owner}.ctor({Parameters(constructor)})";
                break;
            case MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_")):
                yield return MethodText(method);
                break;
            case PropertyInfo property when property.GetAccessors(true).Any(IsVisible):
                yield return PropertyText(property);
                break;
            case EventInfo occurrence when IsVisible(occurrence.AddMethod!):
                yield return Prefix(!occurrence.AddMethod!.IsPublic, occurrence.AddMethod.IsStatic)
                    + $"{owner}.{occurrence.Name} : event {Name(occurrence.EventHandlerType!)}";
                break;
        }
    }

    private static string MethodText(MethodInfo method)
    {
        Type[] generics = method.GetGenericArguments();
        string arguments = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(type => type.Name))}>";
        string returned = Typed(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        return Prefix(!method.IsPublic, method.IsStatic)
            + (IsExtension(method) ? "extension " : "")
            + $"{Name(method.DeclaringType!)}.{method.Name}{arguments}({Parameters(method)}) -> {returned}{Constraints(generics)}";
    }

    private static string PropertyText(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(true).First(IsVisible);
        List<string> accessors = [];
        if (property.GetMethod is { } get && IsVisible(get))
        {
            accessors.Add("get;");
        }

        if (property.SetMethod is { } set && IsVisible(set))
        {
            bool isInit = set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            accessors.Add((set.IsPublic ? "" : "protected ") + (isInit ? "init;" : "set;"));
        }

        ParameterInfo[] indexes = property.GetIndexParameters();
        string name = indexes.Length == 0 ? property.Name : $"this[{string.Join(", ", indexes.Select(Parameter))}]";
        string type = Typed(property.PropertyType, new NullabilityInfoContext().Create(property));
        bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        return Prefix(!first.IsPublic, first.IsStatic)
            + $"{Name(property.DeclaringType!)}.{name} : {(isRequired ? "required " : "")}{type} {{ {string.Join(' ', accessors)} }}";
    }

    private static string Prefix(bool isProtected, bool isStatic)
    {
        return (isProtected ? "protected " : "") + (isStatic ? "static " : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string mode = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute))
                || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string value = parameter.HasDefaultValue ? $" = {DefaultValue(parameter)}" : "";
        return mode + Typed(parameter.ParameterType, new NullabilityInfoContext().Create(parameter)) + " " + parameter.Name + value;
    }

    private static string DefaultValue(ParameterInfo parameter)
    {
        object? value = parameter.RawDefaultValue;
        bool isStruct = parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null;
        return value is null && isStruct ? "default" : Constant(value);
    }

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] arguments)
    {
        return string.Concat(arguments.Where(type => type.IsGenericParameter).Select(type =>
        {
            GenericParameterAttributes flags = type.GenericParameterAttributes;
            List<string> rules = [];
            if (flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            {
                rules.Add("struct");
            }
            else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                rules.Add("class");
            }

            rules.AddRange(type.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => Name(c)));
            return rules.Count == 0 ? "" : $" where {type.Name} : {string.Join(", ", rules)}";
        }));
    }

    private static string Typed(FieldInfo field) => Typed(field.FieldType, new NullabilityInfoContext().Create(field));

    /// <summary>A type with its question marks.</summary>
    private static string Typed(Type type, NullabilityInfo nullability)
    {
        if (type.IsByRef)
        {
            type = type.GetElementType()!;
        }

        bool canBeMarked = type.IsGenericParameter
            ? type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)
            : !type.IsValueType;
        bool mark = canBeMarked && nullability.ReadState == NullabilityState.Nullable;
        return Name(type, nullability) + (mark ? "?" : "");
    }

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            Type element = type.GetElementType()!;
            string inner = nullability?.ElementType is { } info ? Typed(element, info) : Name(element);
            return $"{inner}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Name(type.GetElementType()!) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        Type[] arguments = type.GetGenericArguments();
        int inherited = InheritedArguments(type);
        string scope = type.DeclaringType is { } outer
            ? Name(inherited > 0 && !type.IsGenericTypeDefinition ? outer.MakeGenericType(arguments[..inherited]) : outer) + "."
            : type.Namespace + ".";
        string simple = scope + type.Name.Split('`')[0];
        if (arguments.Length == inherited)
        {
            return simple;
        }

        NullabilityInfo[]? infos = nullability?.GenericTypeArguments;
        IEnumerable<string> names = arguments.Select((argument, i) =>
            infos is not null && i < infos.Length ? Typed(argument, infos[i]) : Name(argument)).Skip(inherited);
        return $"{simple}<{string.Join(", ", names)}>";
    }

    /// <summary>How many of a nested type's generic arguments are those of the type around it.</summary>
    private static int InheritedArguments(Type type) => type.DeclaringType?.GetGenericArguments().Length ?? 0;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));

    private static bool IsExtension(MethodInfo method) => method.IsDefined(typeof(ExtensionAttribute));
}
