[assembly: AssemblyFixture(typeof(Support.DatabaseServer.Lifetime))]
